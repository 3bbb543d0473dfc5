//! The function that takes all steps of a run, once a model is compiled.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use crate::learn::{MachineCode, Steps};

/// Plain gradient descent of a small model as one function.
#[derive(Clone, Debug)]
pub(super) struct DescentCode(pub(super) Function);

impl MachineCode for DescentCode {
    fn take(&self, steps: Steps<'_>) -> usize {
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
        let _ = self.0.call1(&JsValue::UNDEFINED, &JsValue::from(numbers.as_mut_ptr() as u32));
        numbers[11] as usize
    }
}
