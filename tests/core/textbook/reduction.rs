//! What is computed along axes.

use downhill::formula::Arguments;
use downhill::formula::BinaryOperator::{Divide, Multiply, Subtract};

use super::tensor::{Tensor, mean, sum, two};
use crate::dual::{Dual, of_function};

pub fn exp(number: Dual) -> Dual {
    of_function("exp", number, number)
}

/// The length of a vector; where it is 0, so is the derivative.
pub fn norm(numbers: &[Dual]) -> Dual {
    let total = sum(numbers.iter().map(|&number| two(Multiply, number, number)));
    let root = total.value.sqrt();
    total.one(root, if root == 0.0 { 0.0 } else { 0.5 / root })
}

pub fn largest(numbers: &[Dual]) -> usize {
    (0..numbers.len()).fold(0, |best, place| if numbers[place].value > numbers[best].value { place } else { best })
}

/// The mean of all that are the largest.
pub fn shared_largest(numbers: &[Dual]) -> Dual {
    let best = numbers[largest(numbers)].value;
    mean(&numbers.iter().copied().filter(|number| number.value == best).collect::<Vec<_>>())
}

/// The axes that are named, or all.
pub fn axes(a: &Tensor, given: Option<&[f64]>) -> Vec<usize> {
    let rank = a.shape.len();
    let named =
        |axes: &[f64]| axes.iter().map(|&axis| if axis < 0.0 { axis + rank as f64 } else { axis } as usize).collect();
    let mut axes: Vec<usize> = given.map_or_else(|| (0..rank).collect(), named);
    axes.retain(|axis| *axis < rank);
    axes.sort_unstable();
    axes
}

pub fn last_axis(a: &Tensor, arguments: &Arguments) -> Vec<usize> {
    axes(a, Some(arguments.option("axis").unwrap_or(&[-1.0])))
}

pub fn first_axis(a: &Tensor, arguments: &Arguments) -> usize {
    axes(a, Some(arguments.option("axis").unwrap_or(&[0.0])))[0]
}

pub fn reduced(a: &Tensor, axes: &[usize], mut of: impl FnMut(&[Dual]) -> Dual) -> Tensor {
    let kept: Vec<usize> = (0..a.shape.len()).filter(|axis| !axes.contains(axis)).collect();
    let shape: Vec<usize> = kept.iter().map(|&axis| a.shape[axis]).collect();
    Tensor::made(&shape, |places| {
        let mut index = vec![0; a.shape.len()];
        kept.iter().zip(places).for_each(|(&axis, &place)| index[axis] = place);
        of(&a.along(&index, axes))
    })
}

pub fn softmax(a: &Tensor, axes: &[usize]) -> Tensor {
    let a = lowered(a, axes);
    Tensor::made(&a.shape, |index| two(Divide, exp(a.at(index)), sum(a.along(index, axes).into_iter().map(exp))))
}

pub fn log_softmax(a: &Tensor, axes: &[usize]) -> Tensor {
    let a = lowered(a, axes);
    Tensor::made(&a.shape, |index| {
        let total = sum(a.along(index, axes).into_iter().map(exp));
        two(Subtract, a.at(index), of_function("log", total, total))
    })
}

/// Less a constant, which changes no probability: the largest number.
pub fn lowered(a: &Tensor, axes: &[usize]) -> Tensor {
    Tensor::made(&a.shape, |index| {
        let numbers = a.along(index, axes);
        two(Subtract, a.at(index), Dual::constant(numbers[largest(&numbers)].value))
    })
}

/// The mean of minus the logarithm of the probability of each label.
pub fn cross_entropy(z: &Tensor, label: &Tensor) -> Tensor {
    let axis = usize::from(z.shape.len() == 2);
    let scores = log_softmax(z, &[axis]);
    let loss = Tensor::made(&label.shape, |places| {
        let mut index = places.to_vec();
        index.insert(axis, label.at(places).value as usize);
        let score = scores.at(&index);
        score.one(-score.value, -1.0)
    });
    Tensor::made(&[], |_| mean(&loss.numbers))
}
