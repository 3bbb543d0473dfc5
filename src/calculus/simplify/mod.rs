//! Simplification: local rewrites in a fixed order, until nothing changes.
//!
//! Sums collect like terms, products collect powers, and the shortest of their forms (as they are,
//! expanded, factored) is taken. The value never changes; if a rewrite makes a formula defined at
//! more points, a [`Condition`] says so.

mod call;
mod expansion;
mod factoring;
mod merging;
mod polynomial;
mod product;
mod sum;
mod terms;
mod total;
mod written;

use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

use self::product::Product;
use self::terms::Signature;
use super::table::Table;
use super::{Error, Id, MAX_TERMS, Node, Pool};
use crate::formula::BinaryOperator;

/// The maximum number of rounds of rewriting.
const MAX_ROUNDS: usize = 30;

/// A condition under which a simplified formula equals the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The expression is not 0.
    NonZero(Id),
    /// The expression is not negative.
    NonNegative(Id),
    /// The expression is defined.
    Defined(Id),
}

/// A simplified expression, and the conditions under which it equals the original.
#[derive(Clone, Debug, PartialEq)]
pub struct Simplified {
    /// The expression.
    pub id: Id,
    /// All of these must hold; the list is empty if the domain has not changed.
    pub conditions: Vec<Condition>,
}

/// Simplifies an expression.
///
/// # Errors
/// When it is too large to be written out, or when rewriting does not terminate.
pub fn simplify(pool: &mut Pool, root: Id) -> Result<Simplified, Error> {
    if pool.size(root) > MAX_TERMS {
        return Err(Error::TooLarge);
    }
    let mut simplifier = Simplifier::new(pool);
    simplifier.keep_order(root);
    let mut id = root;
    for _ in 0..MAX_ROUNDS {
        let next = simplifier.round(id);
        if next == id {
            return Ok(Simplified { id, conditions: simplifier.conditions });
        }
        id = next;
    }
    Err(Error::NotSettled(MAX_ROUNDS))
}

/// Terms or factors, each with a flag: whether it is subtracted, or is a divisor.
type Parts = SmallVec<[(bool, Id); 8]>;

pub(super) struct Simplifier<'p> {
    pool: &'p mut Pool,
    /// The simplified form of each expression.
    done: Table<Id>,
    conditions: Vec<Condition>,
    total: Table<bool>,
    /// The first form in which a sum or a product of these parts was written, so that another order
    /// of the same parts gives the same expression.
    written: FxHashMap<Signature, Id>,
    /// Simplified expressions as products.
    products: Table<Product>,
    /// Expressions that rewriting does not change.
    settled: Table<()>,
    /// Sums with the signs of all terms changed.
    opposites: Table<Id>,
}

impl<'p> Simplifier<'p> {
    pub(super) fn new(pool: &'p mut Pool) -> Self {
        Self {
            pool,
            done: Table::default(),
            conditions: Vec::new(),
            total: Table::default(),
            written: FxHashMap::default(),
            products: Table::default(),
            settled: Table::default(),
            opposites: Table::default(),
        }
    }

    /// Remembers the form of products that are already simple, so that they are not replaced by
    /// another order of the same parts.
    fn keep_order(&mut self, root: Id) {
        let mut seen = Table::default();
        let mut waiting = vec![root];
        while let Some(id) = waiting.pop() {
            if seen.get(id).is_some() {
                continue;
            }
            seen.insert(id, ());
            if let Node::Binary(BinaryOperator::Multiply | BinaryOperator::Divide, ..) = self.pool.node(id) {
                self.keep_product(id);
            }
            waiting.extend(self.operands(id).into_iter().rev());
        }
        self.conditions.clear();
        self.products.clear();
    }

    /// Rewrites an expression from its leaves up, with a list instead of recursion.
    fn round(&mut self, root: Id) -> Id {
        self.done.clear();
        let mut waiting = vec![(root, false)];
        while let Some((id, ready)) = waiting.pop() {
            if self.done.get(id).is_some() {
                continue;
            }
            if self.settled.get(id).is_some() {
                self.done.insert(id, id);
            } else if ready {
                let simple = self.rewrite(id);
                if simple == id {
                    self.settled.insert(id, ());
                }
                self.done.insert(id, simple);
            } else {
                waiting.push((id, true));
                let operands = self.operands(id);
                waiting.extend(operands.into_iter().map(|operand| (operand, false)));
            }
        }
        self.done_with(root)
    }

    /// The simplified form of an operand, which was rewritten earlier.
    fn done_with(&self, id: Id) -> Id {
        self.done.get(id).copied().unwrap_or(id)
    }

    /// The operands that are rewritten before an expression: for a sum all its terms, for a product
    /// all its factors.
    fn operands(&self, id: Id) -> Vec<Id> {
        match self.pool.node(id) {
            Node::Negate(_) | Node::Binary(BinaryOperator::Add | BinaryOperator::Subtract, ..) => {
                self.terms(id).into_iter().map(|(_, term)| term).collect()
            }
            Node::Binary(BinaryOperator::Multiply | BinaryOperator::Divide, ..) => {
                self.factors(id).into_iter().map(|(_, factor)| factor).collect()
            }
            node => self.pool.operands(node).to_vec(),
        }
    }

    fn rewrite(&mut self, id: Id) -> Id {
        match self.pool.node(id) {
            Node::Number(_) | Node::Constant(_) | Node::Name(_) | Node::Pending(_) => id,
            Node::Negate(_) | Node::Binary(BinaryOperator::Add | BinaryOperator::Subtract, ..) => self.sum(id),
            Node::Binary(BinaryOperator::Multiply | BinaryOperator::Divide, ..) => self.product(id),
            Node::Binary(BinaryOperator::Power, a, b) => self.power(self.done_with(a), self.done_with(b)),
            Node::Call(place, a, b) => self.call(place, self.done_with(a), self.done_with(b)),
        }
    }

    /// The terms of a sum from left to right, and whether each is subtracted.
    fn terms(&self, root: Id) -> Parts {
        let mut terms = Parts::new();
        let mut waiting: Parts = smallvec![(false, root)];
        while let Some((negative, id)) = waiting.pop() {
            match self.pool.node(id) {
                Node::Negate(a) => waiting.push((!negative, a)),
                Node::Binary(BinaryOperator::Add, a, b) => waiting.extend([(negative, b), (negative, a)]),
                Node::Binary(BinaryOperator::Subtract, a, b) => waiting.extend([(!negative, b), (negative, a)]),
                _ => terms.push((negative, id)),
            }
        }
        terms
    }

    /// The factors of a product from left to right, and whether each is a divisor.
    fn factors(&self, root: Id) -> Parts {
        let mut factors = Parts::new();
        let mut waiting: Parts = smallvec![(false, root)];
        while let Some((divided, id)) = waiting.pop() {
            match self.pool.node(id) {
                Node::Binary(BinaryOperator::Multiply, a, b) => waiting.extend([(divided, b), (divided, a)]),
                Node::Binary(BinaryOperator::Divide, a, b) => waiting.extend([(!divided, b), (divided, a)]),
                _ => factors.push((divided, id)),
            }
        }
        factors
    }

    /// The shortest of several forms of the same expression; if several are equally short, the
    /// first.
    fn shortest(&self, candidates: impl IntoIterator<Item = Id>) -> Option<Id> {
        candidates.into_iter().min_by_key(|&id| self.pool.size(id))
    }

    fn require(&mut self, condition: Condition) {
        if !self.conditions.contains(&condition) {
            self.conditions.push(condition);
        }
    }
}
