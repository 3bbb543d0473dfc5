//! Writes many expressions of one pool in one notation; shared parts are written once.

use super::table::Table;
use super::{Id, Node, Pool};
use crate::formula::{Derivative, Notation, Part};
use crate::function::{CONSTANTS, FUNCTIONS};

/// The longest part that is kept for the next expression, in terms. The text of a longer part is
/// moved into the expression that contains it, so that the cost of a long sum is linear and not
/// quadratic.
const LONGEST_KEPT: u32 = 40;

/// Writes the expressions of a pool.
pub(super) struct Writer<'p, N, F> {
    pool: &'p Pool,
    notation: N,
    /// How a derivative that is still to be calculated is written.
    pending: F,
    kept: Table<Part>,
}

impl<'p, N: Notation, F: Fn(Id) -> Derivative> Writer<'p, N, F> {
    pub(super) fn new(pool: &'p Pool, notation: N, pending: F) -> Self {
        Self { pool, notation, pending, kept: Table::default() }
    }

    /// Uses a list instead of recursion, because formulas may be long.
    pub(super) fn write(&mut self, root: Id) -> String {
        let mut waiting = vec![(root, false)];
        let mut done: Vec<Part> = Vec::new();
        while let Some((id, ready)) = waiting.pop() {
            let operands = self.pool.operands(self.pool.node(id));
            if let Some(part) = self.kept.get(id) {
                done.push(part.clone());
            } else if ready || operands.is_empty() {
                let of = done.split_off(done.len() - operands.len());
                done.push(self.part(id, of));
            } else {
                waiting.push((id, true));
                waiting.extend(operands.iter().rev().map(|&operand| (operand, false)));
            }
        }
        done.pop().unwrap_or_default().text
    }

    fn part(&mut self, id: Id, of: Vec<Part>) -> Part {
        let part = self.new_part(id, of);
        if self.pool.size(id) <= LONGEST_KEPT {
            self.kept.insert(id, part.clone());
        }
        part
    }

    fn new_part(&self, id: Id, mut of: Vec<Part>) -> Part {
        let mut operand = || of.pop().unwrap_or_default();
        match self.pool.node(id) {
            Node::Number(bits) => self.notation.number(f64::from_bits(bits)),
            Node::Constant(place) => self.notation.constant(&CONSTANTS[place as usize]),
            Node::Name(_) => self.notation.name(self.pool.as_name(id).unwrap_or_default()),
            Node::Negate(_) => self.notation.negate(operand()),
            Node::Binary(operator, ..) => {
                let right = operand();
                self.notation.binary(operator, [operand(), right])
            }
            Node::Call(place, ..) => self.notation.call(&FUNCTIONS[place as usize], of),
            Node::Pending(a) => self.notation.derivative(&(self.pending)(a), operand()),
        }
    }
}
