//! The elements of a tensor in some order: what slices, transposing and windows make of it.

use crate::autodiff::engine::access::row_major;
use crate::autodiff::engine::{Access, TensorId};

/// A tensor's elements, seen as a tensor of another shape.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// The tensor that has the elements.
    pub tensor: TensorId,
    /// The place of the first one.
    pub offset: isize,
    /// The sizes of the axes.
    pub shape: Vec<usize>,
    /// By how many elements the place moves along each axis.
    pub strides: Vec<isize>,
}

impl View {
    /// A whole tensor, as it is.
    #[must_use]
    pub fn whole(tensor: TensorId, shape: Vec<usize>) -> Self {
        Self { tensor, offset: 0, strides: row_major(&shape), shape }
    }

    /// The place of each element in its tensor, row by row.
    #[must_use]
    pub fn places(&self) -> Vec<usize> {
        let mut places = vec![self.offset];
        for (&size, &stride) in self.shape.iter().zip(&self.strides) {
            let along = |place: isize| (0..size as isize).map(move |at| place + at * stride);
            places = places.into_iter().flat_map(along).collect();
        }
        places.into_iter().map(|place| place as usize).collect()
    }

    pub(super) fn access(&self) -> Access {
        Access { tensor: self.tensor, offset: self.offset, strides: self.strides.clone(), index: None }
    }

    /// Whether the elements lie row by row.
    pub(super) fn is_row_major(&self) -> bool {
        let expected = row_major(&self.shape);
        self.shape.iter().zip(self.strides.iter().zip(&expected)).all(|(&size, (own, row))| size <= 1 || own == row)
    }

    /// Stretched to a shape that it can be broadcast to.
    pub(super) fn broadcast(&self, shape: &[usize]) -> Self {
        let missing = shape.len() - self.shape.len();
        let stride = |axis: usize| match axis.checked_sub(missing) {
            Some(own) if self.shape[own] == shape[axis] => self.strides[own],
            _ => 0,
        };
        Self { strides: (0..shape.len()).map(stride).collect(), shape: shape.to_vec(), ..*self }
    }

    /// With its axes in another order.
    pub(super) fn permuted(&self, order: &[usize]) -> Self {
        let shape = order.iter().map(|&axis| self.shape[axis]).collect();
        Self { strides: order.iter().map(|&axis| self.strides[axis]).collect(), shape, ..*self }
    }

    /// With a new axis along which the place moves by `stride`.
    pub(super) fn with_axis(&self, axis: usize, size: usize, stride: isize) -> Self {
        let mut view = self.clone();
        view.shape.insert(axis, size);
        view.strides.insert(axis, stride);
        view
    }

    /// Without an axis, at one place of it.
    pub(super) fn at(&self, axis: usize, place: usize) -> Self {
        let mut view = self.clone();
        view.shape.remove(axis);
        view.offset += view.strides.remove(axis) * place as isize;
        view
    }

    /// The places from `start` up to `end` of an axis.
    pub(super) fn range(&self, axis: usize, start: usize, end: usize) -> Self {
        let mut view = self.clone();
        view.shape[axis] = end.saturating_sub(start);
        view.offset += view.strides[axis] * start as isize;
        view
    }

    /// Every window of `size` places along an axis, one for each `step`: the axis becomes that of
    /// the windows, and the places inside them are a new last axis. Nothing where none fits.
    pub(super) fn windows(&self, axis: usize, size: usize, step: usize) -> Option<Self> {
        let windows = self.shape[axis].checked_sub(size)? / step + 1;
        let stride = self.strides[axis];
        let mut view = self.with_axis(self.shape.len(), size, stride);
        view.shape[axis] = windows;
        view.strides[axis] = stride * step as isize;
        Some(view)
    }
}
