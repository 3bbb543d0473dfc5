//! Compiled code in the place of a lesson's graph.

use std::rc::Rc;

use js_sys::{Float64Array, Function, Uint32Array};
use wasm_bindgen::prelude::*;

use super::handle::{Handle, Owned};
use crate::learn::{Batch, MachineCode, Steps};

#[wasm_bindgen]
extern "C" {
    /// Batches in compiled loops.
    #[wasm_bindgen(extends = Handle)]
    #[derive(Debug)]
    pub type BatchHandle;

    #[wasm_bindgen(method, structural)]
    fn pass(
        this: &BatchHandle,
        parameters: Float64Array,
        samples: Uint32Array,
        seed: f64,
        sum: f64,
        with_gradients: bool,
    ) -> Float64Array;
}

/// Code for a lesson's model.
#[derive(Clone, Debug)]
pub(super) enum LessonCode {
    /// Plain gradient descent of a small model as one function.
    Descent(Function),
    /// The passes over batches.
    Batches(Rc<Owned<BatchHandle>>),
}

impl MachineCode for LessonCode {
    fn take(&self, steps: Steps<'_>) -> Option<usize> {
        let Self::Descent(function) = self else { return None };
        let mut numbers = [
            steps.rows.as_ptr() as usize,
            steps.order.as_ptr() as usize,
            4 * steps.stride,
            steps.rates.as_ptr() as usize,
            steps.samples,
            steps.place,
            steps.losses.len(),
            steps.parameters.as_mut_ptr() as usize,
            steps.gradients.as_mut_ptr() as usize,
            steps.weights.as_mut_ptr() as usize,
            steps.losses.as_mut_ptr() as usize,
            0,
        ]
        .map(|number| number as u32);
        // A failed call takes no step.
        let _ = function.call1(&JsValue::UNDEFINED, &JsValue::from(numbers.as_mut_ptr() as u32));
        Some(numbers[11] as usize)
    }

    /// The numbers are copied both ways, because a call may move the memory.
    fn pass(&self, Batch { parameters, samples, seed, sum, gradients }: Batch<'_>) -> Option<f64> {
        let Self::Batches(handle) = self else { return None };
        let parameters = Float64Array::from(parameters);
        let found = handle.0.pass(parameters, Uint32Array::from(samples), seed, sum, !gradients.is_empty());
        if found.length() == 0 {
            return None;
        }
        found.subarray(1, found.length()).copy_to(gradients);
        Some(found.get_index(0))
    }
}
