//! Where a statement finds the elements of a tensor.

use super::TensorId;
use super::shape::count;

/// The element that a statement uses in each passage of its loops.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// The tensor.
    pub tensor: TensorId,
    /// The place of the element in the first passage, counted row by row.
    pub offset: isize,
    /// By how many elements the place moves with each loop.
    pub strides: Vec<isize>,
    /// What a number of another tensor adds to the place.
    pub index: Option<Box<Index>>,
}

/// The part of a place that is looked up: a row of a table, the class of a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    /// The number that is looked up; it has no index of its own.
    pub access: Access,
    /// By how many elements the place moves when the number grows by 1.
    pub stride: isize,
    /// The number must be whole, not negative and below this.
    pub size: usize,
}

impl Access {
    /// Every element of a tensor of this shape, row by row.
    #[must_use]
    pub fn whole(tensor: TensorId, shape: &[usize]) -> Self {
        Self { tensor, offset: 0, strides: row_major(shape), index: None }
    }

    /// By how many elements the place moves with a loop.
    #[must_use]
    pub fn by(&self, axis: usize) -> isize {
        self.strides.get(axis).copied().unwrap_or(0)
    }

    /// Lets a loop of this size run from its end to its beginning.
    pub(super) fn turn_round(&mut self, axis: usize, size: usize) {
        if let Some(by) = self.strides.get_mut(axis) {
            self.offset += *by * (size as isize - 1);
            *by = -*by;
        }
    }

    /// The same elements when the loops run from their ends to their beginnings.
    #[must_use]
    pub fn reversed(&self, domain: &[usize]) -> Self {
        let last: isize = domain.iter().zip(&self.strides).map(|(&size, stride)| (size as isize - 1) * stride).sum();
        let reversed = |index: &Index| Box::new(Index { access: index.access.reversed(domain), ..index.clone() });
        Self {
            tensor: self.tensor,
            offset: self.offset + last,
            strides: self.strides.iter().map(|stride| -stride).collect(),
            index: self.index.as_deref().map(reversed),
        }
    }

    /// The same elements when the loops stand in another order.
    #[must_use]
    pub fn reordered(&self, order: &[usize]) -> Self {
        let reordered = |index: &Index| Box::new(Index { access: index.access.reordered(order), ..index.clone() });
        Self {
            strides: order.iter().map(|&axis| self.strides[axis]).collect(),
            index: self.index.as_deref().map(reordered),
            ..*self
        }
    }

    /// The part for the first loops only.
    #[must_use]
    pub fn of_outer(&self, loops: usize) -> Self {
        Self { strides: self.strides[..loops].to_vec(), ..self.clone() }
    }

    /// Whether two passages that differ in a loop which moves the place never meet in one element.
    #[must_use]
    pub fn is_injective(&self, domain: &[usize]) -> bool {
        let mut loops = self.moving(domain);
        loops.sort_unstable();
        let mut reach = 0;
        loops.into_iter().all(|(stride, size)| {
            let apart = stride > reach;
            reach += stride * (size - 1);
            apart
        })
    }

    /// Whether the loops come to every element of a tensor of this shape, and to each once.
    #[must_use]
    pub fn covers(&self, domain: &[usize], shape: &[usize]) -> bool {
        let moving: usize = self.moving(domain).into_iter().map(|(_, size)| size).product();
        // A loop without a passage comes to nothing, also where it would not move.
        let passages = if domain.contains(&0) { 0 } else { moving };
        self.index.is_none() && passages == count(shape) && self.is_injective(domain)
    }

    /// The loops that move the place, as distance and number of passages.
    fn moving(&self, domain: &[usize]) -> Vec<(usize, usize)> {
        let loops = self.strides.iter().map(|stride| stride.unsigned_abs()).zip(domain.iter().copied());
        loops.filter(|&(stride, size)| stride > 0 && size > 1).collect()
    }
}

/// By how many elements a place moves along each axis of a tensor that is kept row by row.
pub(super) fn row_major(shape: &[usize]) -> Vec<isize> {
    let mut strides = vec![1; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis] as isize;
    }
    strides
}
