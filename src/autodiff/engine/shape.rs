//! Shapes: how they are written, broadcast, reduced and reshaped. All places are row-major.

use super::ErrorKind;

/// The highest rank of a tensor.
pub const MAX_RANK: usize = 6;

/// The most elements that all tensors of a program may have together.
pub const MAX_ELEMENTS: usize = 4_000_000;

/// The same for a network that computes one sample at a time: it has no lanes, which would multiply them.
pub const MAX_LARGE: usize = 4 * MAX_ELEMENTS;

/// The most passages that a nest of loops may have.
pub const MAX_PASSAGES: usize = 1_000_000_000;

/// The number of elements; 1 for the rank 0.
#[must_use]
pub fn count(shape: &[usize]) -> usize {
    shape.iter().product()
}

/// A shape as Python writes it: `()`, `(2,)`, `(2, 3)`.
#[must_use]
pub fn written(shape: &[usize]) -> String {
    match shape {
        [single] => format!("({single},)"),
        _ => format!("({})", shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// A shape that somebody wrote: no negative size, no rank above [`MAX_RANK`], not too many elements.
pub(super) fn checked(sizes: &[i64]) -> Result<Vec<usize>, ErrorKind> {
    let shape: Option<Vec<usize>> = sizes.iter().map(|&size| usize::try_from(size).ok()).collect();
    let shape = shape.ok_or_else(|| ErrorKind::NegativeSize(sizes.to_vec()))?;
    within_limits(shape)
}

pub(in crate::autodiff) fn within_limits(shape: Vec<usize>) -> Result<Vec<usize>, ErrorKind> {
    if shape.len() > MAX_RANK {
        return Err(ErrorKind::Rank(shape.len()));
    }
    // Sizes beside an empty axis are limited too, since places are counted with them.
    let product = |least: usize| shape.iter().try_fold(1_usize, |product, &size| product.checked_mul(size.max(least)));
    match product(1) {
        Some(elements) if elements <= MAX_ELEMENTS => Ok(shape),
        _ => Err(ErrorKind::TooManyElements(product(0).filter(|&elements| elements > 0))),
    }
}

/// The shape of two tensors that are combined element by element: sizes of 1 are stretched, and
/// missing axes at the front count as 1.
pub(super) fn broadcast(left: &[usize], right: &[usize]) -> Result<Vec<usize>, ErrorKind> {
    let rank = left.len().max(right.len());
    let size = |shape: &[usize], axis: usize| (axis + shape.len()).checked_sub(rank).map_or(1, |own| shape[own]);
    let axes = (0..rank).map(|axis| match (size(left, axis), size(right, axis)) {
        (a, b) if a == b || b == 1 => Ok(a),
        (1, b) => Ok(b),
        _ => Err(ErrorKind::Broadcast(left.to_vec(), right.to_vec())),
    });
    axes.collect()
}

/// The index of the element at a place.
#[must_use]
pub fn index(mut place: usize, shape: &[usize]) -> Vec<usize> {
    let mut index = vec![0; shape.len()];
    for axis in (0..shape.len()).rev() {
        index[axis] = place % shape[axis];
        place /= shape[axis];
    }
    index
}

/// An axis that may be counted from the end, as -1.
pub(super) fn axis(axis: i64, shape: &[usize]) -> Result<usize, ErrorKind> {
    let rank = shape.len() as i64;
    let from_front = if axis < 0 { axis + rank } else { axis };
    match (0..rank).contains(&from_front) {
        true => Ok(from_front as usize),
        false => Err(ErrorKind::Axis(axis, shape.to_vec())),
    }
}

/// Several axes, each named once.
pub(super) fn axes(given: &[f64], shape: &[usize]) -> Result<Vec<usize>, ErrorKind> {
    let mut axes = Vec::with_capacity(given.len());
    for &number in given {
        // As in PyTorch, a single number has an axis that can be named, and no size.
        if shape.is_empty() && (number == 0.0 || number == -1.0) {
            continue;
        }
        let axis = axis(number as i64, shape)?;
        if axes.contains(&axis) {
            return Err(ErrorKind::AxisTwice(number as i64));
        }
        axes.push(axis);
    }
    axes.sort_unstable();
    Ok(axes)
}

/// A shape with at most one -1, which becomes what is left.
pub(super) fn reshaped(from: &[usize], sizes: &[i64]) -> Result<Vec<usize>, ErrorKind> {
    let refused = || ErrorKind::Reshape(from.to_vec(), sizes.to_vec());
    let open = sizes.iter().filter(|&&size| size == -1).count();
    let known: i64 =
        sizes.iter().filter(|&&size| size != -1).try_fold(1_i64, |a, &b| a.checked_mul(b)).ok_or_else(refused)?;
    let elements = count(from) as i64;
    if open > 1 || (open == 1 && (known == 0 || elements % known != 0)) || (open == 0 && known != elements) {
        return Err(refused());
    }
    let size = |&size: &i64| if size == -1 { elements / known } else { size };
    checked(&sizes.iter().map(size).collect::<Vec<_>>())
}
