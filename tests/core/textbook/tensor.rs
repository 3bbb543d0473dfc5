//! Tensors whose elements are computed from their indices, each with its derivative.

use downhill::autodiff::engine::{count, index};
use downhill::formula::BinaryOperator::{self, Add, Divide};

use crate::dual::{Dual, of_operator};

/// A tensor of numbers with their derivatives, row by row.
#[derive(Clone, Debug)]
pub struct Tensor {
    pub shape: Vec<usize>,
    pub numbers: Vec<Dual>,
}

impl Tensor {
    pub fn made(shape: &[usize], mut of: impl FnMut(&[usize]) -> Dual) -> Self {
        let numbers = (0..count(shape)).map(|place| of(&index(place, shape))).collect();
        Self { shape: shape.to_vec(), numbers }
    }

    pub fn at(&self, index: &[usize]) -> Dual {
        let place = index.iter().zip(&self.shape).fold(0, |place, (at, size)| place * size + at);
        self.numbers[place]
    }

    /// The element at an index of a shape that this one is broadcast to.
    pub fn broadcast(&self, index: &[usize]) -> Dual {
        let own = &index[index.len() - self.shape.len()..];
        let own: Vec<usize> = own.iter().zip(&self.shape).map(|(&at, &size)| if size == 1 { 0 } else { at }).collect();
        self.at(&own)
    }

    /// The elements at an index, with every place of some axes.
    pub fn along(&self, index: &[usize], axes: &[usize]) -> Vec<Dual> {
        let sizes: Vec<usize> = axes.iter().map(|&axis| self.shape[axis]).collect();
        let places = (0..count(&sizes)).map(|place| self::index(place, &sizes));
        let element = |places: Vec<usize>| {
            let mut index = index.to_vec();
            axes.iter().zip(places).for_each(|(&axis, place)| index[axis] = place);
            self.at(&index)
        };
        places.map(element).collect()
    }

    /// The element beside a border, if it is inside.
    pub fn inside(&self, index: &[isize]) -> Option<Dual> {
        let index: Option<Vec<usize>> = index
            .iter()
            .zip(&self.shape)
            .map(|(&at, &size)| usize::try_from(at).ok().filter(|at| *at < size))
            .collect();
        index.map(|index| self.at(&index))
    }
}

pub fn two(operator: BinaryOperator, a: Dual, b: Dual) -> Dual {
    of_operator(operator, a, b)
}

pub fn sum(numbers: impl IntoIterator<Item = Dual>) -> Dual {
    numbers.into_iter().reduce(|a, b| two(Add, a, b)).unwrap_or(Dual::constant(0.0))
}

pub fn mean(numbers: &[Dual]) -> Dual {
    two(Divide, sum(numbers.iter().copied()), Dual::constant(numbers.len() as f64))
}

pub fn pairs(a: &Tensor, b: &Tensor, mut of: impl FnMut(Dual, Dual) -> Dual) -> Tensor {
    let shape = broadcast(&a.shape, &b.shape);
    Tensor::made(&shape, |index| of(a.broadcast(index), b.broadcast(index)))
}

pub fn broadcast(a: &[usize], b: &[usize]) -> Vec<usize> {
    let rank = a.len().max(b.len());
    let size =
        |shape: &[usize], axis: usize| if axis + shape.len() < rank { 1 } else { shape[axis + shape.len() - rank] };
    (0..rank).map(|axis| if size(a, axis) == 1 { size(b, axis) } else { size(a, axis) }).collect()
}
