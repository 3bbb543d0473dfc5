//! Simplification: local rewrites in a fixed order, until nothing changes.
//!
//! Sums collect like terms, products collect powers, and of the ways to write them (as they are,
//! expanded, factored) the shortest is taken. The value never changes; where a rewrite makes a
//! formula defined at more places, that is said in a [`Condition`].

mod call;
mod polynomial;
mod product;
mod sum;
mod total;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Error, Id, MAX_TERMS, Node, Pool};
use crate::formula::BinaryOperator;

/// The most rounds of rewriting.
const MAX_ROUNDS: usize = 30;

/// What has to hold for a simplified formula to be the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The expression is not 0.
    NonZero(Id),
    /// The expression is not negative.
    NonNegative(Id),
    /// The expression is defined.
    Defined(Id),
}

/// A simplified expression, and where it equals the one before.
#[derive(Clone, Debug, PartialEq)]
pub struct Simplified {
    /// The expression.
    pub id: Id,
    /// All of these must hold; there are none where the domain has not changed.
    pub conditions: Vec<Condition>,
}

/// Simplifies an expression.
///
/// # Errors
/// When it is too large to be written out, or does not come to rest.
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

pub(super) struct Simplifier<'p> {
    pool: &'p mut Pool,
    /// What each expression became.
    done: FxHashMap<Id, Id>,
    conditions: Vec<Condition>,
    total: FxHashMap<Id, bool>,
    /// The first way in which a sum or a product of these parts was written, so that another order
    /// of the same parts is the same expression.
    written: FxHashMap<Vec<(Id, u64, u64)>, Id>,
    /// Sums with the signs of all terms changed.
    opposites: FxHashMap<Id, Id>,
}

impl<'p> Simplifier<'p> {
    pub(super) fn new(pool: &'p mut Pool) -> Self {
        Self {
            pool,
            done: FxHashMap::default(),
            conditions: Vec::new(),
            total: FxHashMap::default(),
            written: FxHashMap::default(),
            opposites: FxHashMap::default(),
        }
    }

    /// Notes how sums and products are written that are simple already, so that no other order of the
    /// same parts replaces them.
    fn keep_order(&mut self, root: Id) {
        let mut seen = FxHashSet::default();
        let mut waiting = vec![root];
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            match self.pool.node(id) {
                Node::Negate(_) | Node::Binary(BinaryOperator::Add | BinaryOperator::Subtract, ..) => self.keep_sum(id),
                Node::Binary(BinaryOperator::Multiply | BinaryOperator::Divide, ..) => self.keep_product(id),
                _ => (),
            }
            waiting.extend(self.operands(id).into_iter().rev());
        }
        self.conditions.clear();
    }

    /// Rewrites an expression from its leaves up, with a list in place of recursion.
    fn round(&mut self, root: Id) -> Id {
        self.done.clear();
        let mut waiting = vec![(root, false)];
        while let Some((id, ready)) = waiting.pop() {
            if self.done.contains_key(&id) {
                continue;
            }
            if ready {
                let simple = self.rewrite(id);
                self.done.insert(id, simple);
            } else {
                waiting.push((id, true));
                let operands = self.operands(id);
                waiting.extend(operands.into_iter().map(|operand| (operand, false)));
            }
        }
        self.done[&root]
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
            Node::Binary(BinaryOperator::Power, a, b) => self.power(self.done[&a], self.done[&b]),
            Node::Call(place, a, b) => self.call(place, self.done[&a], self.done[&b]),
        }
    }

    /// The terms of a sum from left to right, each with whether it is subtracted.
    fn terms(&self, root: Id) -> Vec<(bool, Id)> {
        let mut terms = Vec::new();
        let mut waiting = vec![(false, root)];
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

    /// The factors of a product from left to right, each with whether it is divided by.
    fn factors(&self, root: Id) -> Vec<(bool, Id)> {
        let mut factors = Vec::new();
        let mut waiting = vec![(false, root)];
        while let Some((divided, id)) = waiting.pop() {
            match self.pool.node(id) {
                Node::Binary(BinaryOperator::Multiply, a, b) => waiting.extend([(divided, b), (divided, a)]),
                Node::Binary(BinaryOperator::Divide, a, b) => waiting.extend([(!divided, b), (divided, a)]),
                _ => factors.push((divided, id)),
            }
        }
        factors
    }

    /// The shortest of several ways to write the same; of equals, the first.
    fn shortest(&self, candidates: impl IntoIterator<Item = Id>) -> Option<Id> {
        candidates.into_iter().min_by_key(|&id| self.pool.size(id))
    }

    fn require(&mut self, condition: Condition) {
        if !self.conditions.contains(&condition) {
            self.conditions.push(condition);
        }
    }
}
