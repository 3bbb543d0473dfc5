//! Operations on each element, and matrix products.

use super::reduce::sum_over;
use super::{Builder, Made, View};
use crate::autodiff::Operation;
use crate::autodiff::engine::shape::broadcast;
use crate::autodiff::engine::{ErrorKind, Fold};

impl Builder {
    /// An operation with one input on each element.
    pub(super) fn each(&mut self, operation: Operation, a: &View) -> Made {
        let out = self.computed(a.shape.clone())?;
        self.push(operation, Fold::Set, &out, &[], vec![a.access()]);
        Ok(out)
    }

    /// An operation on pairs of elements, after broadcasting.
    pub(super) fn pairs(&mut self, operation: Operation, a: &View, b: &View) -> Made {
        let shape = broadcast(&a.shape, &b.shape)?;
        let out = self.computed(shape.clone())?;
        let [a, b] = self.apart(a.broadcast(&shape), b.broadcast(&shape))?;
        self.push(operation, Fold::Set, &out, &[], vec![a.access(), b.access()]);
        Ok(out)
    }

    /// Two operands, the second one copied where both take elements of one tensor in different
    /// orders: the backward pass goes through one operand after the other, and a copy keeps the
    /// order in which gradients are added.
    pub(super) fn apart(&mut self, a: View, b: View) -> Result<[View; 2], ErrorKind> {
        if a.tensor != b.tensor || a == b {
            return Ok([a, b]);
        }
        let b = self.copied_once(&b)?;
        Ok([a, b])
    }

    /// A copy of the elements, each once: axes that repeat them stay as they are.
    fn copied_once(&mut self, view: &View) -> Made {
        let mut once = view.clone();
        let repeated = |axis: &usize| view.strides[*axis] == 0;
        (0..view.shape.len()).filter(repeated).for_each(|axis| once.shape[axis] = 1);
        Ok(self.copied(&once)?.broadcast(&view.shape))
    }

    /// A vector counts as a row on the left and as a column on the right, and its axis disappears;
    /// axes before the last two are broadcast.
    pub(super) fn matrix_product(&mut self, a: &View, b: &View) -> Made {
        let refused = || ErrorKind::MatrixProduct(a.shape.clone(), b.shape.clone());
        if a.shape.is_empty() || b.shape.is_empty() {
            return Err(refused());
        }
        let left = if a.shape.len() == 1 { a.with_axis(0, 1, 0) } else { a.clone() };
        let right = if b.shape.len() == 1 { b.with_axis(1, 1, 0) } else { b.clone() };
        let (rows, columns) = (left.shape[left.shape.len() - 2], right.shape[right.shape.len() - 1]);
        let inner = left.shape[left.shape.len() - 1];
        if inner != right.shape[right.shape.len() - 2] {
            return Err(refused());
        }
        let outer = broadcast(&left.shape[..left.shape.len() - 2], &right.shape[..right.shape.len() - 2]);
        let outer = outer.map_err(|_| refused())?;
        let whole = |last: [usize; 2]| outer.iter().copied().chain(last).collect::<Vec<usize>>();
        let left = left.broadcast(&whole([rows, inner])).with_axis(outer.len() + 1, columns, 0);
        let right = right.broadcast(&whole([inner, columns])).with_axis(outer.len(), rows, 0);
        let order: Vec<usize> = (0..=outer.len()).chain([outer.len() + 2, outer.len() + 1]).collect();
        let product = self.contracted([left, right.permuted(&order)], 1)?;
        Ok(without_vector_axes(product, a, b))
    }

    /// The sums of the products of pairs of elements over the last axes.
    pub(super) fn contracted(&mut self, [a, b]: [View; 2], axes: usize) -> Made {
        let (shape, loops) = a.shape.split_at(a.shape.len() - axes);
        let (shape, loops) = (shape.to_vec(), loops.to_vec());
        let out = self.computed(shape)?;
        let [a, b] = self.apart(a, b)?;
        self.push(Operation::Multiply, sum_over(&loops), &out, &loops, vec![a.access(), b.access()]);
        Ok(out)
    }
}

fn without_vector_axes(product: View, a: &View, b: &View) -> View {
    let product = if b.shape.len() == 1 { product.at(product.shape.len() - 1, 0) } else { product };
    let rows = product.shape.len().saturating_sub(if b.shape.len() == 1 { 1 } else { 2 });
    if a.shape.len() == 1 { product.at(rows, 0) } else { product }
}
