//! Compiled code for a lesson: its descent, its batches, and the points of its landscape.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::compiled::{Compiled, instantiate};
use super::descent::LessonCode;
use super::handle::Owned;
use super::lesson::Lesson;
use super::options::RunOptions;
use crate::autodiff::engine::Precision;
use crate::autodiff::engine::compile::{MAX_STRAIGHT, compile_descent, full_lanes};
use crate::learn::{Around, Batches, Landscape, LoopPoints, Points};

/// How many operations a step must have so that a call of compiled loops pays.
const WORTH_CALLING: usize = 500;
/// How many operations a landscape must have so that compiling pays.
const WORTH_COMPILING: f64 = 200_000.0;

#[wasm_bindgen]
impl Lesson {
    /// Compiles the model to machine code for the next runs with these options, where that pays and
    /// the page allows it.
    pub fn compile(&mut self, options: &RunOptions) {
        let Ok(settings) = options.settings(&self.model) else { return };
        let graph = self.model.graph();
        self.code = if settings.batch() == 1 && settings.optimizer().is_plain() && graph.len() <= MAX_STRAIGHT {
            self.descent_code()
        } else if graph.len() * settings.batch() >= WORTH_CALLING {
            self.batch_code()
        } else {
            None
        };
    }

    /// Compiles the losses at the points of a landscape over so many parameters, where that pays.
    #[wasm_bindgen(js_name = compilePoints)]
    pub fn compile_points(&mut self, axes: usize) {
        let work = Landscape::size(axes) as f64 * self.work_of(1.0);
        if self.points.is_none() && work >= WORTH_COMPILING {
            let loops = LoopPoints::of(&self.model, full_lanes(Precision::Double), Compiled::new);
            self.points = loops.map(|points| Owned(JsValue::from(PointsCode(points)).unchecked_into()));
        }
    }
}

impl Lesson {
    fn descent_code(&mut self) -> Option<LessonCode> {
        if let Some(LessonCode::Descent(_)) = &self.code {
            return self.code.take();
        }
        let code = compile_descent(self.model.graph(), self.model.inputs().len());
        instantiate(&code, ["train"]).ok().map(|[train]| LessonCode::Descent(train))
    }

    fn batch_code(&mut self) -> Option<LessonCode> {
        if let Some(LessonCode::Batches(_)) = &self.code {
            return self.code.take();
        }
        let batches = Batches::of(&self.model, full_lanes(Precision::Double), Compiled::new)?;
        Some(LessonCode::Batches(Rc::new(Owned(JsValue::from(BatchCode(batches)).unchecked_into()))))
    }
}

/// Batches in compiled loops.
#[wasm_bindgen]
pub struct BatchCode(Batches<Compiled>);

#[wasm_bindgen]
impl BatchCode {
    /// `sum` plus the losses of the samples, followed by the gradients, which begin at `sum` too, on
    /// request; nothing if a number that should choose a row is out of range.
    pub fn pass(&mut self, parameters: &[f64], samples: &[u32], seed: f64, sum: f64, with_gradients: bool) -> Vec<f64> {
        self.0.load_parameters(parameters);
        if !with_gradients {
            return self.0.losses(samples, sum).map_or(Vec::new(), |sum| vec![sum]);
        }
        let mut found = vec![sum; 1 + parameters.len()];
        match self.0.pass(samples, seed, sum, &mut found[1..]) {
            Ok(sum) => found[0] = sum,
            Err(_) => found.clear(),
        }
        found
    }
}

/// The points of a landscape in compiled loops.
#[wasm_bindgen]
pub struct PointsCode(LoopPoints<Compiled>);

#[wasm_bindgen]
impl PointsCode {
    /// The mean loss of the samples at each of the points.
    pub fn losses(&mut self, parameters: &[f64], axes: &[u32], samples: &[u32], points: &[f64]) -> Vec<f64> {
        let axes: Vec<usize> = axes.iter().map(|&axis| axis as usize).collect();
        self.0.losses(Around { parameters, axes: &axes, samples }, points)
    }

    /// The gradient of the mean loss at the parameters, followed by the loss.
    pub fn slopes(&mut self, parameters: &[f64], samples: &[u32]) -> Vec<f64> {
        let (loss, mut gradients) = self.0.slopes(Around { parameters, axes: &[], samples });
        gradients.push(loss);
        gradients
    }
}
