//! Many runs of a lesson at once, compiled.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::compiled::{Compiled, instantiate};
use crate::autodiff::engine::Precision;
use crate::autodiff::engine::compile::{MAX_MANY, compile_runs, full_lanes};
use crate::learn::{Epochs, LoopRuns, ManyRuns, Model, Settings};

/// Many runs of a lesson at once.
pub(super) enum RunsCode {
    /// Plain gradient descent of a small model as one function.
    Straight(Function),
    /// Runs of any settings.
    Loops(Box<LoopRuns<Compiled>>),
}

impl RunsCode {
    pub(super) fn new(model: &Model, settings: &Settings) -> Option<Self> {
        let (graph, optimizer) = (model.graph(), settings.optimizer());
        if graph.len() <= MAX_MANY && settings.batch() == 1 && optimizer.is_plain() {
            let code = compile_runs(graph, model.inputs().len());
            if let Ok([train]) = instantiate(&code, ["train"]) {
                return Some(Self::Straight(train));
            }
        }
        LoopRuns::of(model, optimizer, full_lanes(Precision::Double), Compiled::new)
            .map(|runs| Self::Loops(Box::new(runs)))
    }
}

impl ManyRuns for RunsCode {
    fn begin(&mut self) {
        if let Self::Loops(runs) = self {
            runs.begin();
        }
    }

    fn take(&mut self, epochs: Epochs<'_>) {
        match self {
            Self::Straight(function) => take_straight(function, &epochs),
            Self::Loops(runs) => runs.take(epochs),
        }
    }
}

fn take_straight(function: &Function, epochs: &Epochs<'_>) {
    let numbers = [
        epochs.rows.as_ptr() as usize,
        epochs.order.as_ptr() as usize,
        4 * epochs.stride,
        epochs.factors.as_ptr() as usize,
        epochs.factors.len(),
        epochs.samples,
        epochs.parameters.as_ptr() as usize,
        epochs.rates.as_ptr() as usize,
        epochs.sums.as_ptr() as usize,
    ]
    .map(|number| number as u32);
    // Nothing in this code can trap.
    let _ = function.call1(&JsValue::UNDEFINED, &JsValue::from(numbers.as_ptr() as u32));
}
