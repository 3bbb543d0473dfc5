//! Elements in another arrangement: lists, slices, transposing, reshaping, joining, padding.

use super::{Builder, Made, View};
use crate::autodiff::Operation;
use crate::autodiff::engine::shape::{axis, reshaped, within_limits};
use crate::autodiff::engine::{Access, ErrorKind, Fold, Role};
use crate::formula::Slice;

impl Builder {
    /// Tensors of one shape, one after the other along a new first axis.
    pub(super) fn list(&mut self, items: &[View]) -> Made {
        let inner = items.first().map_or(Vec::new(), |item| item.shape.clone());
        if let Some(other) = items.iter().find(|item| item.shape != inner) {
            return Err(ErrorKind::Ragged(inner, other.shape.clone()));
        }
        let shape = within_limits([items.len()].into_iter().chain(inner).collect())?;
        if let Some(values) = self.known_values(items) {
            return self.constants(shape, values);
        }
        let out = self.computed(shape)?;
        for (place, item) in items.iter().enumerate() {
            self.copy(item, &out.at(0, place));
        }
        Ok(out)
    }

    /// The numbers of items that are all written as numbers.
    fn known_values(&self, items: &[View]) -> Option<Vec<f64>> {
        let mut all = Vec::new();
        for item in items {
            let info = &self.code.tensors[item.tensor];
            let Role::Constant(values) = &info.role else { return None };
            if !item.is_row_major() || item.shape != info.shape {
                return None;
            }
            all.extend(values);
        }
        Some(all)
    }

    fn copy(&mut self, from: &View, to: &View) {
        self.push(Operation::Identity, Fold::Set, to, &[], vec![from.access()]);
    }

    /// A shape with as many elements. Elements that do not lie row by row are copied first.
    pub(super) fn reshape(&mut self, a: &View, sizes: &[i64]) -> Made {
        let shape = reshaped(&a.shape, sizes)?;
        self.with_shape(a, shape)
    }

    pub(super) fn with_shape(&mut self, a: &View, shape: Vec<usize>) -> Made {
        let rows = if a.is_row_major() { a.clone() } else { self.copied(a)? };
        Ok(View { offset: rows.offset, ..View::whole(rows.tensor, shape) })
    }

    /// Tensors one after the other along an axis.
    pub(super) fn concat(&mut self, items: &[View], along: i64) -> Made {
        let first = &items[0].shape;
        let along = axis(along, first)?;
        let others = |shape: &[usize]| {
            let mut shape = shape.to_vec();
            shape[along] = 0;
            shape
        };
        for item in &items[1..] {
            if item.shape.len() != first.len() || others(&item.shape) != others(first) {
                return Err(ErrorKind::Concat(first.clone(), item.shape.clone(), along));
            }
        }
        let mut shape = first.clone();
        shape[along] = items.iter().map(|item| item.shape[along]).sum();
        let out = self.computed(shape)?;
        let mut start = 0;
        for item in items {
            let end = start + item.shape[along];
            self.copy(item, &out.range(along, start, end));
            start = end;
        }
        Ok(out)
    }

    /// Room around the last axes: before and after the last one, then before and after the one
    /// before it, as in PyTorch.
    pub(super) fn pad(&mut self, a: &View, sizes: &[i64]) -> Made {
        if sizes.iter().any(|&size| size < 0) {
            return Err(ErrorKind::TooSmall("padding", 0));
        }
        if a.shape.len() * 2 < sizes.len() {
            return Err(ErrorKind::Axes("pad", "enough axes", a.shape.clone()));
        }
        let pairs: Vec<[usize; 2]> = sizes.chunks(2).map(|pair| [pair[0] as usize, pair[1] as usize]).collect();
        self.padded(a, &pairs, 0.0)
    }

    /// The same with any number in the new room.
    pub(super) fn padded(&mut self, a: &View, pairs: &[[usize; 2]], value: f64) -> Made {
        if pairs.iter().all(|pair| *pair == [0, 0]) {
            return Ok(a.clone());
        }
        let mut shape = a.shape.clone();
        for (axis, [before, after]) in (0..shape.len()).rev().zip(pairs) {
            shape[axis] = shape[axis].saturating_add(before.saturating_add(*after));
        }
        let out = self.computed(shape)?;
        let value = self.constant(value)?;
        self.copy(&value.broadcast(&out.shape), &out);
        let mut inside = out.clone();
        for (axis, [before, _]) in (0..a.shape.len()).rev().zip(pairs) {
            inside = inside.range(axis, *before, before + a.shape[axis]);
        }
        self.copy(a, &inside);
        Ok(out)
    }

    /// Elements that the number of another tensor chooses, in a new tensor.
    pub(super) fn chosen(&mut self, shape: Vec<usize>, access: Access) -> Made {
        let out = self.computed(shape)?;
        self.push(Operation::Identity, Fold::Set, &out, &[], vec![access]);
        Ok(out)
    }
}

/// `a[0, 1:3]`
pub(super) fn sliced(a: &View, slices: &[Slice]) -> Made {
    let refused = || {
        let places = slices.iter().map(|slice| if let Slice::At(place) = slice { *place } else { 0 });
        ErrorKind::Place(places.collect(), a.shape.clone())
    };
    if slices.len() > a.shape.len() {
        return Err(refused());
    }
    let (mut view, mut axis) = (a.clone(), 0);
    for slice in slices {
        let size = view.shape[axis];
        match *slice {
            Slice::At(place) => {
                let place = usize::try_from(if place < 0 { place + size as i64 } else { place }).ok();
                view = view.at(axis, place.filter(|&place| place < size).ok_or_else(refused)?);
            }
            Slice::Range(start, end) => {
                let end = end.map_or(size, |end| clamped(end, size));
                view = view.range(axis, start.map_or(0, |start| clamped(start, size)).min(end), end);
                axis += 1;
            }
        }
    }
    Ok(view)
}

/// A place as Python's slices take it: from the end where it is negative, and within the axis.
fn clamped(place: i64, size: usize) -> usize {
    let place = if place < 0 { place + size as i64 } else { place };
    usize::try_from(place).unwrap_or(0).min(size)
}

/// With the last two axes in each other's place.
pub(super) fn transposed(a: &View) -> View {
    let mut order: Vec<usize> = (0..a.shape.len()).collect();
    if let [.., before, last] = order.as_mut_slice() {
        std::mem::swap(before, last);
    }
    a.permuted(&order)
}
