//! Where the numbers of a code's tensors are in memory.

use super::{Code, Role, TensorId, count};

/// The place of every tensor: one after the other, each element with its lanes beside each other.
///
/// Constants and shared leaves, such as parameters, have one number for all lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// How many samples are computed at once.
    pub lanes: usize,
    places: Vec<Place>,
    /// How many numbers there are.
    pub len: usize,
}

/// Where a tensor's numbers begin, and how many each element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The number of the first one.
    pub start: usize,
    /// The number of lanes, or 1.
    pub width: usize,
}

impl Layout {
    /// For `lanes` samples; the leaves in `shared` have the same numbers in all lanes.
    #[must_use]
    pub fn new(code: &Code, lanes: usize, shared: &[TensorId]) -> Self {
        let mut layout = Self { lanes, places: Vec::with_capacity(code.tensors.len()), len: 0 };
        for (tensor, info) in code.tensors.iter().enumerate() {
            let is_shared = matches!(info.role, Role::Constant(_)) || shared.contains(&tensor);
            let width = if is_shared { 1 } else { lanes };
            layout.places.push(Place { start: layout.len, width });
            layout.len += count(&info.shape) * width;
        }
        layout
    }

    /// The place of a tensor.
    #[must_use]
    pub fn place(&self, tensor: TensorId) -> Place {
        self.places[tensor]
    }
}
