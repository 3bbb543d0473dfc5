//! The record of a lesson's run, as numbers and as the printed trace.

use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use crate::learn::{Run, Style, Trace};

/// How the trace writes its numbers.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Digits {
    /// With two decimals.
    Rounded,
    /// With all digits.
    Full,
}

#[wasm_bindgen]
impl Lesson {
    /// The number of steps in an epoch.
    #[wasm_bindgen(getter)]
    pub fn batches(&self) -> usize {
        self.run.as_ref().map_or(1, Run::batches)
    }

    /// The samples of a step.
    #[wasm_bindgen(js_name = samplesOf)]
    pub fn samples_of(&self, step: usize) -> Vec<u32> {
        self.run.as_ref().map_or(Vec::new(), |run| run.samples_of(step).to_vec())
    }

    /// The learning rate of a step.
    #[wasm_bindgen(js_name = rateOf)]
    pub fn rate_of(&self, step: usize) -> f64 {
        self.run.as_ref().map_or(f64::NAN, |run| run.rate_of(step))
    }

    /// The number of steps of the run: epochs times their batches.
    #[wasm_bindgen(getter)]
    pub fn steps(&self) -> usize {
        self.run.as_ref().map_or(0, Run::steps)
    }

    /// The first step, counted from 1, after which a number is not finite.
    #[wasm_bindgen(getter)]
    pub fn diverged(&self) -> Option<usize> {
        self.run.as_ref().and_then(Run::diverged)
    }

    /// The parameters after each step: steps x parameters.
    #[wasm_bindgen(getter)]
    pub fn weights(&self) -> Vec<f64> {
        self.run.as_ref().map_or(Vec::new(), |run| run.weights().to_vec())
    }

    /// The gradient of each step: steps x parameters.
    #[wasm_bindgen(getter)]
    pub fn gradients(&self) -> Vec<f64> {
        self.run.as_ref().map_or(Vec::new(), |run| run.gradients().to_vec())
    }

    /// The loss of each step's sample after the step.
    #[wasm_bindgen(getter)]
    pub fn losses(&self) -> Vec<f64> {
        self.run.as_ref().map_or(Vec::new(), |run| run.losses().to_vec())
    }

    /// The parameters before a step; those before step `steps` are the final ones.
    #[wasm_bindgen(js_name = parametersBefore)]
    pub fn parameters_before(&self, step: usize) -> Vec<f64> {
        self.run.as_ref().map_or(Vec::new(), |run| run.parameters_before(step).to_vec())
    }

    /// The gradient with which a step was taken.
    #[wasm_bindgen(js_name = gradientOf)]
    pub fn gradient_of(&self, step: usize) -> Vec<f64> {
        self.run.as_ref().map_or(Vec::new(), |run| run.gradient(step).to_vec())
    }

    /// How many lines the printed trace has.
    #[wasm_bindgen(getter, js_name = traceLength)]
    pub fn trace_length(&self) -> usize {
        self.trace(Digits::Full).map_or(0, |trace| trace.len())
    }

    /// The line of the trace that a step writes.
    #[wasm_bindgen(js_name = traceLineOf)]
    pub fn trace_line_of(&self, step: usize) -> usize {
        self.trace(Digits::Full).map_or(0, |trace| trace.line_of(step))
    }

    /// Lines of the printed trace, from `start` up to `end`.
    #[wasm_bindgen(js_name = traceLines)]
    pub fn trace_lines(&self, digits: Digits, start: usize, end: usize) -> String {
        self.trace(digits).map_or(String::new(), |trace| trace.lines(start, end))
    }
}

impl Lesson {
    fn trace(&self, digits: Digits) -> Option<Trace<'_>> {
        self.run.as_ref().map(|run| Trace::new(&self.model, run, digits.into()))
    }
}

impl From<Digits> for Style {
    fn from(digits: Digits) -> Self {
        match digits {
            Digits::Rounded => Self::Rounded,
            Digits::Full => Self::Full,
        }
    }
}
