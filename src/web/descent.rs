//! The function that takes all steps of a run, once a model is compiled.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;

use crate::learn::{MachineCode, Steps};

/// Plain gradient descent of a small model as one function.
#[derive(Clone, Debug)]
pub(super) struct DescentCode(pub(super) Function);

impl MachineCode for DescentCode {
    fn take(&self, steps: Steps<'_>) -> usize {
        let numbers = [
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
        ];
        let arguments: Array = numbers.iter().map(|&number| JsValue::from(number as u32)).collect();
        let taken = self.0.apply(&JsValue::UNDEFINED, &arguments);
        taken.ok().and_then(|taken| taken.as_f64()).map_or(0, |taken| taken as usize)
    }
}
