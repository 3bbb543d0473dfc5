//! Elements in another arrangement.

use downhill::formula::Slice;

use super::tensor::Tensor;
use crate::dual::Dual;

pub fn embedding(table: &Tensor, rows: &Tensor) -> Tensor {
    let rank = rows.shape.len();
    Tensor::made(&[&rows.shape, &table.shape[1..]].concat(), |index| {
        let row = rows.at(&index[..rank]).value as usize;
        table.at(&[&[row], &index[rank..]].concat())
    })
}

pub fn transposed(a: &Tensor) -> Tensor {
    let swapped = |shape: &[usize]| {
        let mut shape = shape.to_vec();
        let rank = shape.len();
        if rank > 1 {
            shape.swap(rank - 1, rank - 2);
        }
        shape
    };
    Tensor::made(&swapped(&a.shape), |index| a.at(&swapped(index)))
}

pub fn reshaped(a: &Tensor, sizes: &[i64]) -> Tensor {
    let known: i64 = sizes.iter().filter(|size| **size >= 0).product();
    let size = |&size: &i64| if size < 0 { a.numbers.len() / known as usize } else { size as usize };
    Tensor { shape: sizes.iter().map(size).collect(), numbers: a.numbers.clone() }
}

pub fn joined(items: &[&Tensor], axis: usize) -> Tensor {
    let mut shape = items[0].shape.clone();
    shape[axis] = items.iter().map(|item| item.shape[axis]).sum();
    Tensor::made(&shape, |index| {
        let (mut index, mut item) = (index.to_vec(), 0);
        while index[axis] >= items[item].shape[axis] {
            index[axis] -= items[item].shape[axis];
            item += 1;
        }
        items[item].at(&index)
    })
}

/// Zeros before and after the last axis, then before and after the one before it.
pub fn padded(a: &Tensor, sizes: &[usize]) -> Tensor {
    let room = |axis: usize| sizes.chunks(2).nth(a.shape.len() - 1 - axis).map_or([0, 0], |pair| [pair[0], pair[1]]);
    let shape: Vec<usize> = (0..a.shape.len()).map(|axis| room(axis)[0] + a.shape[axis] + room(axis)[1]).collect();
    Tensor::made(&shape, |index| {
        let own: Vec<isize> =
            index.iter().enumerate().map(|(axis, &at)| at as isize - room(axis)[0] as isize).collect();
        a.inside(&own).unwrap_or(Dual::constant(0.0))
    })
}

pub fn upsampled(a: &Tensor, factor: usize) -> Tensor {
    let channels = &a.shape[..1];
    let shape: Vec<usize> = channels.iter().copied().chain(a.shape[1..].iter().map(|size| size * factor)).collect();
    Tensor::made(&shape, |index| {
        let own: Vec<usize> = index[..1].iter().copied().chain(index[1..].iter().map(|at| at / factor)).collect();
        a.at(&own)
    })
}

pub fn sliced(a: &Tensor, slices: &[Slice]) -> Tensor {
    let from_end = |place: i64, size: usize| if place < 0 { place + size as i64 } else { place };
    let clamped = |place: i64, size: usize| from_end(place, size).clamp(0, size as i64) as usize;
    // What each axis begins with, and how many places of it stay; nothing if the axis disappears.
    let mut taken: Vec<(usize, Option<usize>)> = Vec::new();
    for (axis, &size) in a.shape.iter().enumerate() {
        taken.push(match slices.get(axis) {
            None => (0, Some(size)),
            Some(Slice::At(place)) => (from_end(*place, size) as usize, None),
            Some(Slice::Range(start, end)) => {
                let (start, end) = (clamped(start.unwrap_or(0), size), end.map_or(size, |end| clamped(end, size)));
                (start, Some(end.saturating_sub(start)))
            }
        });
    }
    let shape: Vec<usize> = taken.iter().filter_map(|(_, size)| *size).collect();
    Tensor::made(&shape, |index| {
        let mut places = index.iter();
        let own = taken.iter().map(|(start, size)| start + size.map_or(0, |_| *places.next().unwrap()));
        a.at(&own.collect::<Vec<_>>())
    })
}
