//! Sums, means, largest elements, and what is composed of them.

use super::{Builder, Made, View};
use crate::autodiff::Operation;
use crate::autodiff::engine::shape::{axes, count};
use crate::autodiff::engine::{ErrorKind, Fold, Start};
use crate::function::{self, ROOT};

/// Adds up: from -0, which changes no number, or from 0 where there is nothing to add.
pub(super) fn sum_over(loops: &[usize]) -> Fold {
    Fold::Sum(Start::Number(if count(loops) == 0 { 0.0 } else { -0.0 }))
}

/// A tensor with the axes that are reduced at the end, and how many these are.
struct Reduced {
    view: View,
    axes: Vec<usize>,
}

impl Reduced {
    /// All axes where none is given.
    fn of(view: &View, given: Option<&[f64]>) -> Result<Self, ErrorKind> {
        let axes = match given {
            Some(given) => axes(given, &view.shape)?,
            None => (0..view.shape.len()).collect(),
        };
        let kept = (0..view.shape.len()).filter(|axis| !axes.contains(axis));
        let order: Vec<usize> = kept.chain(axes.iter().copied()).collect();
        Ok(Self { view: view.permuted(&order), axes })
    }

    fn outer(&self) -> &[usize] {
        &self.view.shape[..self.view.shape.len() - self.axes.len()]
    }

    fn inner(&self) -> &[usize] {
        &self.view.shape[self.view.shape.len() - self.axes.len()..]
    }

    /// A result that stands at every place of the axes again.
    fn stretched(&self, result: &View, shape: &[usize]) -> View {
        let mut axes = self.axes.clone();
        axes.sort_unstable();
        axes.into_iter().fold(result.clone(), |view, axis| view.with_axis(axis, shape[axis], 0))
    }
}

impl Builder {
    pub(super) fn sum(&mut self, a: &View, axes: Option<&[f64]>) -> Made {
        let reduced = Reduced::of(a, axes)?;
        self.total(&reduced)
    }

    pub(super) fn mean(&mut self, a: &View, axes: Option<&[f64]>) -> Made {
        let reduced = Reduced::of(a, axes)?;
        let total = self.total(&reduced)?;
        self.divided(&total, count(reduced.inner()))
    }

    pub(super) fn divided(&mut self, total: &View, by: usize) -> Made {
        let count = self.constant(by as f64)?;
        self.pairs(Operation::Divide, total, &count)
    }

    fn total(&mut self, reduced: &Reduced) -> Made {
        let out = self.computed(reduced.outer().to_vec())?;
        let fold = sum_over(reduced.inner());
        self.push(Operation::Identity, fold, &out, reduced.inner(), vec![reduced.view.access()]);
        Ok(out)
    }

    /// Along one axis the first of several largest elements gets the whole gradient; otherwise they
    /// share it, as in PyTorch.
    pub(super) fn largest(&mut self, a: &View, axes: Option<&[f64]>) -> Made {
        let reduced = Reduced::of(a, axes)?;
        if axes.is_some_and(|axes| axes.len() == 1) {
            return self.first_largest(&reduced.view, reduced.axes.len());
        }
        let found = self.fold(Fold::Max, &reduced.view, reduced.axes.len(), true)?;
        let marks = self.pairs(called("eq"), a, &reduced.stretched(&found, &a.shape))?;
        let marks = Reduced::of(&marks, axes)?;
        let ties = self.total(&marks)?;
        self.largest_beside(&reduced.view, reduced.axes.len(), &[&marks.view, &ties])
    }

    /// The largest over the last axes, whose first place gets the gradient.
    pub(super) fn first_largest(&mut self, view: &View, axes: usize) -> Made {
        let place = self.fold(Fold::Winner, view, axes, true)?;
        self.largest_beside(view, axes, &[&place])
    }

    /// The largest over the last axes, beside what the backward pass needs to know.
    fn largest_beside(&mut self, view: &View, axes: usize, known: &[&View]) -> Made {
        let found = self.fold(Fold::Max, view, axes, false)?;
        if let Some(statement) = self.code.statements.last_mut() {
            for known in known {
                let mut access = known.access();
                access.strides.resize(statement.domain.len(), 0);
                statement.inputs.push(access);
            }
        }
        Ok(found)
    }

    pub(super) fn argmax(&mut self, a: &View, axes: Option<&[f64]>) -> Made {
        let reduced = Reduced::of(a, axes)?;
        self.fold(Fold::Argmax, &reduced.view, reduced.axes.len(), true)
    }

    fn fold(&mut self, fold: Fold, view: &View, axes: usize, detached: bool) -> Made {
        let (outer, inner) = view.shape.split_at(view.shape.len() - axes);
        if count(inner) == 0 {
            return Err(ErrorKind::MaxOfNothing);
        }
        let out = self.computed(outer.to_vec())?;
        self.push(Operation::Identity, fold, &out, inner, vec![view.access()]);
        if let Some(statement) = self.code.statements.last_mut() {
            statement.detached = detached;
        }
        Ok(out)
    }

    /// The root of the sum of squares.
    pub(super) fn norm(&mut self, a: &View, axes: Option<&[f64]>) -> Made {
        let squares = self.pairs(Operation::Multiply, a, a)?;
        let total = self.sum(&squares, axes)?;
        self.each(Operation::Call(&ROOT), &total)
    }

    /// `exp(a) / sum(exp(a))`, from numbers that are lowered by the largest, so that nothing overflows.
    pub(super) fn softmax(&mut self, a: &View, axis: f64) -> Made {
        let (exponentials, total) = self.exponentials(a, axis)?.1;
        self.pairs(Operation::Divide, &exponentials, &total)
    }

    /// The logarithm of that, `a - largest - log(sum(exp(a - largest)))`.
    pub(super) fn log_softmax(&mut self, a: &View, axis: f64) -> Made {
        let (lowered, (_, total)) = self.exponentials(a, axis)?;
        let logarithm = self.each(called("log"), &total)?;
        self.pairs(Operation::Subtract, &lowered, &logarithm)
    }

    /// The lowered numbers, their exponentials, and the sum of these.
    fn exponentials(&mut self, a: &View, axis: f64) -> Result<(View, (View, View)), ErrorKind> {
        let reduced = Reduced::of(a, Some(&[axis]))?;
        let largest = self.fold(Fold::Max, &reduced.view, reduced.axes.len(), true)?;
        let lowered = self.pairs(Operation::Subtract, a, &keep(&reduced, &largest))?;
        let exponentials = self.each(called("exp"), &lowered)?;
        let total = self.sum(&exponentials, Some(&[axis]))?;
        Ok((lowered, (exponentials, keep(&reduced, &total))))
    }
}

/// A function of the table.
fn called(name: &str) -> Operation {
    function::find(name).map_or(Operation::Identity, Operation::Call)
}

/// A result with the reduced axes as axes of size 1.
fn keep(reduced: &Reduced, result: &View) -> View {
    let mut axes = reduced.axes.clone();
    axes.sort_unstable();
    axes.into_iter().fold(result.clone(), |view, axis| view.with_axis(axis, 1, 0))
}
