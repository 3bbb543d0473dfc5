//! A lesson: the model, its settings and the run, behind one handle.

use wasm_bindgen::prelude::*;

use super::descent::LessonCode;
use super::handle::Owned;
use super::object::{Problem, problem};
use super::options::RunOptions;
use super::points::PointsHandle;
use crate::autodiff::Sweep;
use crate::formula::Program;
use crate::learn::{
    Column, Data, Error, Landscape, Limits, Model, Optimizer, Run, Settings, Stability, Training, is_affine,
    mean_losses,
};

/// How many evaluations of the model the curve of mean losses may take.
const CURVE_BUDGET: usize = 300_000;

/// A lesson: a model joined to its data, and its latest run.
#[wasm_bindgen]
pub struct Lesson {
    pub(super) source: String,
    pub(super) model: Model,
    pub(super) run: Option<Run>,
    pub(super) means: Vec<f64>,
    /// Whether an epoch is an affine map of the parameters.
    pub(super) affine: bool,
    /// A long run in progress.
    training: Option<Training<LessonCode>>,
    /// Machine code for the model, once it is compiled.
    pub(super) code: Option<LessonCode>,
    /// Compiled loops for the points of a landscape, once that pays.
    pub(super) points: Option<Owned<PointsHandle>>,
    /// The landscape that was drawn last.
    pub(super) landscape: Option<Landscape>,
    /// The stable learning rates of an affine model, for the batch and the optimizer of a run.
    pub(super) stability: Option<(usize, Optimizer, Stability)>,
}

#[wasm_bindgen]
impl Lesson {
    /// Joins a program to columns of data, which are given one after the other in `values`. At most
    /// `max_samples` are accepted, or the page's limit if it is not given.
    #[wasm_bindgen(constructor)]
    pub fn new(
        model: &str,
        names: Vec<String>,
        values: &[f64],
        lengths: &[u32],
        max_samples: Option<f64>,
    ) -> Result<Self, Problem> {
        let columns = columns(names, values, lengths);
        let joined = join(model, columns, max_samples, Model::of_numbers);
        Ok(Self::of(joined.map_err(|error| problem(&error, model))?, model))
    }

    /// The same for a program of tensors. The shape of each column's samples, and of the parameters
    /// in `parameters`, has a rank, then its sizes in `sizes`, one shape after the other.
    #[wasm_bindgen(js_name = ofTensors)]
    pub fn of_tensors(
        model: &str,
        names: Vec<String>,
        values: &[f64],
        lengths: &[u32],
        parameters: Vec<String>,
        ranks: &[u32],
        sizes: &[u32],
    ) -> Result<Self, Problem> {
        let mut shapes = shapes(ranks, sizes).into_iter();
        let mut columns = columns(names, values, lengths);
        columns.iter_mut().zip(&mut shapes).for_each(|(column, shape)| column.shape = shape);
        let shapes: Vec<(&str, Vec<usize>)> = parameters.iter().map(String::as_str).zip(shapes).collect();
        let joined = join(model, columns, None, |program, data| Model::with_shapes(program, data, &shapes));
        Ok(Self::of(joined.map_err(|error| problem(&error, model))?, model))
    }

    /// What is wrong with the options of a run.
    pub fn refuses(&self, options: &RunOptions) -> Option<Problem> {
        options.settings(&self.model).err().map(|error| problem(&error, &self.source))
    }

    /// Trains again, instead of a run in progress. If there is a problem, it is returned, and the last run stays.
    pub fn train(&mut self, options: &RunOptions) -> Option<Problem> {
        match options.settings(&self.model) {
            Ok(settings) => {
                self.training = None;
                let spare = self.run.take();
                let mut training = self.training(&settings, spare);
                training.advance(&self.model, usize::MAX);
                self.run = Some(training.finish(&self.model));
                self.means.clear();
                None
            }
            Err(error) => Some(problem(&error, &self.source)),
        }
    }

    /// Begins a long run, whose steps are taken by `advance`; the last run stays until `finish`.
    pub fn begin(&mut self, options: &RunOptions) -> Option<Problem> {
        match options.settings(&self.model) {
            Ok(settings) => {
                self.training = Some(self.training(&settings, None));
                None
            }
            Err(error) => Some(problem(&error, &self.source)),
        }
    }

    /// Takes at most `most` steps of the run that was begun, and returns how many are left.
    pub fn advance(&mut self, most: usize) -> usize {
        let Some(training) = &mut self.training else { return 0 };
        training.advance(&self.model, most);
        let (taken, steps) = training.progress();
        steps - taken
    }

    /// Makes the run that was begun the last run, with the steps taken so far; does nothing if
    /// there are none.
    pub fn finish(&mut self) {
        if let Some(training) = self.training.take().filter(|training| training.progress().0 > 0) {
            self.run = Some(training.finish(&self.model));
            self.means.clear();
        }
    }

    /// The number of operations of a run with this number of epochs, for both passes and the loss
    /// together. Each takes about three nanoseconds.
    #[wasm_bindgen(js_name = workOf)]
    pub fn work_of(&self, epochs: f64) -> f64 {
        epochs * self.model.samples() as f64 * self.model.graph().len() as f64
    }

    /// Whether the program, the data or a parameter has tensors.
    #[wasm_bindgen(getter, js_name = hasTensors)]
    pub fn has_tensors(&self) -> bool {
        self.model.has_tensors()
    }

    /// The names of the parameters.
    #[wasm_bindgen(getter)]
    pub fn parameters(&self) -> Vec<String> {
        self.model.parameters().to_vec()
    }

    /// The name of the program's last line.
    #[wasm_bindgen(getter)]
    pub fn last(&self) -> String {
        self.model.program().lines().last().map_or(String::new(), |line| line.name().to_owned())
    }

    /// The number of samples.
    #[wasm_bindgen(getter)]
    pub fn samples(&self) -> usize {
        self.model.samples()
    }

    /// The mean loss over the data before the first step, and after the last.
    #[wasm_bindgen(js_name = meanLosses)]
    pub fn mean_losses(&mut self) -> Vec<f64> {
        self.compute_means();
        self.means.first().into_iter().chain(self.means.last()).copied().collect()
    }
}

impl Lesson {
    fn training(&self, settings: &Settings, spare: Option<Run>) -> Training<LessonCode> {
        Training::with_code(&self.model, settings, self.code.clone(), spare)
    }

    fn of(model: Model, source: &str) -> Self {
        Self {
            source: source.to_owned(),
            affine: is_affine(&model),
            model,
            run: None,
            means: Vec::new(),
            training: None,
            code: None,
            points: None,
            landscape: None,
            stability: None,
        }
    }

    /// Both passes for the first sample of a step, with the parameters before it.
    pub(super) fn moment(&self, step: usize) -> Sweep {
        match &self.run {
            Some(run) => self.model.at(run.samples_of(step)[0] as usize, run.parameters_before(step)),
            None => self.model.at(0, &vec![1.0; self.model.parameters().len()]),
        }
    }

    pub(super) fn compute_means(&mut self) {
        if let (Some(run), true) = (&self.run, self.means.is_empty()) {
            self.means = mean_losses(&self.model, run, CURVE_BUDGET);
        }
    }
}

fn join(
    model: &str,
    columns: Vec<Column>,
    max_samples: Option<f64>,
    joined: impl FnOnce(Program, Data) -> Result<Model, Error>,
) -> Result<Model, Error> {
    let samples = max_samples.map_or(Limits::PAGE.samples, |most| most as usize);
    let program = Program::parse(model)?;
    joined(program, Data::within(columns, Limits { samples, ..Limits::PAGE })?)
}

pub(super) fn columns(names: Vec<String>, mut values: &[f64], lengths: &[u32]) -> Vec<Column> {
    let mut column = |(name, &length): (String, &u32)| {
        let (own, rest) = values.split_at((length as usize).min(values.len()));
        values = rest;
        Column::numbers(name, own)
    };
    names.into_iter().zip(lengths).map(&mut column).collect()
}

pub(super) fn shapes(ranks: &[u32], mut sizes: &[u32]) -> Vec<Vec<usize>> {
    let mut shape = |&rank: &u32| {
        let (own, rest) = sizes.split_at((rank as usize).min(sizes.len()));
        sizes = rest;
        own.iter().map(|&size| size as usize).collect()
    };
    ranks.iter().map(&mut shape).collect()
}
