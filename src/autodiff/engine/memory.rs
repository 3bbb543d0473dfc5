//! The numbers of a layout, single or double.

use super::{Code, Layout, Precision, Role, TensorId};

/// Memory that code works in.
#[derive(Clone, Debug, PartialEq)]
pub enum Memory {
    /// Doubles.
    Double(Vec<f64>),
    /// Singles.
    Single(Vec<f32>),
}

impl Memory {
    /// Memory with the constants in their places, and 0 elsewhere.
    #[must_use]
    pub fn new(code: &Code, layout: &Layout, precision: Precision) -> Self {
        let mut memory = match precision {
            Precision::Double => Self::Double(vec![0.0; layout.len]),
            Precision::Single => Self::Single(vec![0.0; layout.len]),
        };
        for (tensor, info) in code.tensors.iter().enumerate() {
            if let Role::Constant(values) = &info.role {
                memory.write(layout, tensor, 0, values);
            }
        }
        memory
    }

    /// Sets the numbers of a tensor in one lane, or in all lanes if they share them.
    pub fn write(&mut self, layout: &Layout, tensor: TensorId, lane: usize, values: &[f64]) {
        let place = layout.place(tensor);
        let first = place.start + lane.min(place.width - 1);
        let places = (first..).step_by(place.width);
        match self {
            Self::Double(numbers) => places.zip(values).for_each(|(place, &value)| numbers[place] = value),
            Self::Single(numbers) => places.zip(values).for_each(|(place, &value)| numbers[place] = value as f32),
        }
    }

    /// An element of a tensor in one lane; elements are counted row by row.
    #[must_use]
    pub fn number(&self, layout: &Layout, tensor: TensorId, element: usize, lane: usize) -> f64 {
        let place = layout.place(tensor);
        let number = place.start + element * place.width + lane.min(place.width - 1);
        match self {
            Self::Double(numbers) => numbers[number],
            Self::Single(numbers) => f64::from(numbers[number]),
        }
    }

    /// Adds each element's first lanes to its sum: doubles one by one, in the order of the samples,
    /// and singles four at a time.
    pub fn add_lanes(&self, layout: &Layout, tensor: TensorId, lanes: usize, sums: &mut [f64]) {
        let place = layout.place(tensor);
        match self {
            Self::Double(numbers) => {
                let elements = numbers[place.start..].chunks_exact(place.width);
                for (sum, element) in sums.iter_mut().zip(elements) {
                    *sum = element[..lanes].iter().fold(*sum, |sum, number| sum + number);
                }
            }
            Self::Single(numbers) => {
                let elements = numbers[place.start..].chunks_exact(place.width);
                for (sum, element) in sums.iter_mut().zip(elements) {
                    *sum += f64::from(total(&element[..lanes]));
                }
            }
        }
    }
}

/// The sum, with four partial sums, so that a vector instruction adds four numbers.
fn total(numbers: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 4];
    let fours = numbers.chunks_exact(4);
    let rest: f32 = fours.remainder().iter().sum();
    for four in fours {
        sums.iter_mut().zip(four).for_each(|(sum, number)| *sum += number);
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}
