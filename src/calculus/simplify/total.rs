//! Where an expression is defined.

use super::{Condition, Simplifier};
use crate::calculus::{Id, Node};
use crate::formula::BinaryOperator;
use crate::function::FUNCTIONS;

/// The functions that are not defined for all numbers.
const PARTIAL: [&str; 7] = ["log", "log2", "log10", "sqrt", "tan", "asin", "acos"];

impl Simplifier<'_> {
    /// Whether an expression is defined for all values of its variables.
    pub(super) fn is_total(&mut self, root: Id) -> bool {
        let mut waiting = vec![root];
        while let Some(&id) = waiting.last() {
            let operands = self.pool.operands(self.pool.node(id));
            let unknown: Vec<Id> =
                operands.iter().copied().filter(|operand| self.total.get(*operand).is_none()).collect();
            if unknown.is_empty() {
                let total =
                    self.is_total_here(id) && operands.iter().all(|operand| self.total.get(*operand) == Some(&true));
                self.total.insert(id, total);
                waiting.pop();
            }
            waiting.extend(unknown);
        }
        self.total.get(root) == Some(&true)
    }

    fn is_total_here(&self, id: Id) -> bool {
        match self.pool.node(id) {
            Node::Binary(BinaryOperator::Divide, _, b) => self.pool.as_number(b).is_some_and(|b| b != 0.0),
            Node::Binary(BinaryOperator::Power, _, b) => {
                self.pool.as_number(b).is_some_and(|b| b >= 0.0 && b.fract() == 0.0)
            }
            Node::Call(place, ..) => !PARTIAL.contains(&FUNCTIONS[place as usize].name),
            _ => true,
        }
    }

    /// Records the condition that a removed expression must be defined.
    pub(super) fn require_defined(&mut self, id: Id) {
        if !self.is_total(id) {
            self.require(Condition::Defined(id));
        }
    }

    /// Records the condition for a removed division: its divisor is not 0.
    pub(super) fn require_nonzero(&mut self, id: Id) {
        let never_zero = match self.pool.node(id) {
            Node::Call(..) => self.is_never_zero(id),
            Node::Number(bits) => f64::from_bits(bits) != 0.0,
            Node::Constant(_) => true,
            _ => false,
        };
        if !never_zero {
            self.require(Condition::NonZero(id));
        }
    }
}
