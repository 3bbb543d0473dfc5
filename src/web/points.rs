//! Compiled loops for the points of a landscape.

use js_sys::{Float64Array, Uint32Array};
use wasm_bindgen::prelude::*;

use super::handle::{Handle, Owned};
use crate::learn::{Around, Points};

#[wasm_bindgen]
extern "C" {
    /// Points in compiled loops.
    #[wasm_bindgen(extends = Handle)]
    #[derive(Debug)]
    pub type PointsHandle;

    #[wasm_bindgen(method, structural)]
    fn losses(
        this: &PointsHandle,
        parameters: Float64Array,
        axes: Uint32Array,
        samples: Uint32Array,
        points: Float64Array,
    ) -> Float64Array;

    #[wasm_bindgen(method, structural)]
    fn slopes(this: &PointsHandle, parameters: Float64Array, samples: Uint32Array) -> Float64Array;
}

/// The numbers are copied both ways, because a call may move the memory.
impl Points for Owned<PointsHandle> {
    fn losses(&mut self, around: Around<'_>, points: &[f64]) -> Vec<f64> {
        let axes: Vec<u32> = around.axes.iter().map(|&axis| axis as u32).collect();
        let (parameters, samples) = (Float64Array::from(around.parameters), Uint32Array::from(around.samples));
        self.0.losses(parameters, Uint32Array::from(&axes[..]), samples, Float64Array::from(points)).to_vec()
    }

    fn slopes(&mut self, around: Around<'_>) -> (f64, Vec<f64>) {
        let (parameters, samples) = (Float64Array::from(around.parameters), Uint32Array::from(around.samples));
        let mut gradients = self.0.slopes(parameters, samples).to_vec();
        (gradients.pop().unwrap_or(f64::NAN), gradients)
    }
}
