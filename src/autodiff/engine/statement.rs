//! A nest of loops.

use super::Access;
use crate::autodiff::Operation;
use crate::formula::Span;

/// What a statement computes in each passage, from the elements of its inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Work {
    /// An operation of the one or two inputs.
    Operation(Operation),
    /// The first input times the derivative of an operation by its operand with this number. The
    /// other inputs are the operation's operands and its value.
    Derivative(Operation, usize),
}

/// What becomes of the results of the passages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fold {
    /// Each is stored; all loops are outer ones.
    Set,
    /// Those of the inner loops are added up, one after the other.
    Sum(Start),
    /// The largest of the inner loops is stored, a NaN where there is one.
    Max,
    /// The number of the passage in which the inner loops meet the largest first.
    Argmax,
    /// The place of the element of the first input that is the largest and is met first.
    Winner,
}

/// Where a sum begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    /// With what the element holds.
    Stored,
    /// With this number.
    Number(f64),
}

/// A nest of loops that computes elements of one tensor.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// How often each loop is passed, the outermost first.
    pub domain: Vec<usize>,
    /// How many of the loops, from the outermost on, choose the element that is written. The
    /// others do not move it.
    pub outer: usize,
    /// The element that is written.
    pub out: Access,
    /// The elements that are read.
    pub inputs: Vec<Access>,
    /// What is computed.
    pub work: Work,
    /// What becomes of it.
    pub fold: Fold,
    /// Whether the backward pass stops here.
    pub detached: bool,
    /// The place in the source.
    pub span: Span,
}

/// An access, and the place among the accesses of the number that it looks up.
#[derive(Clone, Copy)]
pub(super) struct Reached<'s> {
    pub(super) access: &'s Access,
    pub(super) lookup: Option<usize>,
}

impl Statement {
    /// How often a loop is passed.
    #[must_use]
    pub fn size(&self, axis: usize) -> usize {
        self.domain.get(axis).copied().unwrap_or(1)
    }

    /// The sizes of the loops that choose an element, and of those that do not.
    #[must_use]
    pub fn sides(&self) -> (&[usize], &[usize]) {
        self.domain.split_at_checked(self.outer).unwrap_or_default()
    }

    /// How many passages there are.
    #[must_use]
    pub fn passages(&self) -> usize {
        self.domain.iter().fold(1, |product, &size| product.saturating_mul(size))
    }

    /// The element that is written, then those that are read.
    pub(super) fn accesses(&self) -> impl Iterator<Item = &Access> {
        [&self.out].into_iter().chain(&self.inputs)
    }

    /// The same, and after them those that are looked up.
    pub(super) fn reached(&self) -> Vec<Reached<'_>> {
        let mut reached: Vec<Reached<'_>> = self.accesses().map(|access| Reached { access, lookup: None }).collect();
        for place in 0..reached.len() {
            if let Some(index) = reached[place].access.index.as_deref() {
                reached[place].lookup = Some(reached.len());
                reached.push(Reached { access: &index.access, lookup: None });
            }
        }
        reached
    }

    /// Whether no place is looked up.
    pub(super) fn is_direct(&self) -> bool {
        self.accesses().all(|access| access.index.is_none())
    }

    /// The same statement with each access changed.
    pub(super) fn with_accesses(&self, change: impl Fn(&mut Access)) -> Self {
        let mut changed = self.clone();
        change(&mut changed.out);
        changed.inputs.iter_mut().for_each(change);
        changed
    }

    /// The same passages, with a loop run from its end to its beginning.
    pub(super) fn turned_round(&self, axis: usize) -> Self {
        self.with_accesses(|access| access.turn_round(axis, self.size(axis)))
    }

    /// Whether it only copies.
    #[must_use]
    pub fn is_copy(&self) -> bool {
        self.work == Work::Operation(Operation::Identity) && self.fold == Fold::Set
    }
}
