//! The two passes of a program in loops, for several samples or several points at once.

use super::Model;
use crate::autodiff::engine::{Code, Executor, Layout, Lowered, OutOfRange, Precision, TensorId, View, count};

/// What an executor computes side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lanes {
    /// So many samples, all with the same parameters.
    Samples(usize),
    /// One sample with so many sets of parameters.
    Points(usize),
}

impl Lanes {
    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Samples(count) | Self::Points(count) => count,
        }
    }
}

/// The order of what is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sums {
    /// That of the program's loops, and in the backward pass the reverse.
    InOrder,
    /// Any that is quick.
    Quick,
}

/// A leaf's tensor, and how many numbers it has.
type Leaf = (TensorId, usize);

/// A program's statements with the executor that runs them.
#[derive(Clone, Debug)]
pub struct Passes<E> {
    code: Code,
    layout: Layout,
    executor: E,
    inputs: Vec<Leaf>,
    parameters: Vec<Leaf>,
    loss: TensorId,
    /// The gradient that the backward pass starts with; nothing if the loss depends on no parameter.
    seed: Option<TensorId>,
}

impl<E: Executor> Passes<E> {
    /// The passes of a program whose first leaves are `inputs` columns, and the others parameters.
    /// `make` gives the executor.
    #[must_use]
    pub fn new(
        mut lowered: Lowered,
        inputs: usize,
        lanes: Lanes,
        sums: Sums,
        precision: Precision,
        make: impl FnOnce(&Code, &Layout, Precision) -> E,
    ) -> Self {
        let (columns, parameters) = lowered.leaves.split_at(inputs);
        let seed = lowered.code.differentiate(lowered.output, parameters);
        if sums == Sums::Quick {
            lowered.code.gather();
        }
        if sums == Sums::Quick && lanes.count() == 1 {
            lowered.code.strand();
        }
        let shared = if matches!(lanes, Lanes::Points(_)) { columns } else { parameters };
        let layout = Layout::new(&lowered.code, lanes.count(), shared);
        let leaf = |&tensor: &TensorId| (tensor, count(lowered.code.shape(tensor)));
        let mut passes = Self {
            inputs: columns.iter().map(leaf).collect(),
            parameters: parameters.iter().map(leaf).collect(),
            executor: make(&lowered.code, &layout, precision),
            loss: lowered.output,
            code: lowered.code,
            layout,
            seed,
        };
        passes.start_from(1.0);
        passes
    }

    /// The passes of a model in doubles.
    #[must_use]
    pub fn of(model: &Model, lanes: Lanes, make: impl FnOnce(&Code, &Layout, Precision) -> E) -> Option<Self> {
        Some(Self::new(model.lowered().ok()?, model.columns(), lanes, Sums::InOrder, Precision::Double, make))
    }

    /// How many lanes there are.
    #[must_use]
    pub fn lanes(&self) -> usize {
        self.layout.lanes
    }

    /// Whether the loss depends on a parameter.
    #[must_use]
    pub fn has_gradient(&self) -> bool {
        self.seed.is_some()
    }

    /// Sets a sample: the numbers of its columns, one column after the other.
    pub fn load_sample(&mut self, lane: usize, row: &[f64]) {
        write(self.executor.memory(), &self.layout, &self.inputs, lane, row);
    }

    /// Sets the parameters, one after the other, each row by row.
    pub fn load_parameters(&mut self, lane: usize, weights: &[f64]) {
        write(self.executor.memory(), &self.layout, &self.parameters, lane, weights);
    }

    /// Sets the gradient of the loss with which the backward pass starts.
    pub fn start_from(&mut self, seed: f64) {
        let Some(tensor) = self.seed else { return };
        for lane in 0..self.layout.lanes {
            self.executor.memory().write(&self.layout, tensor, lane, &[seed]);
        }
    }

    /// Runs the forward pass.
    ///
    /// # Errors
    /// When a number that should choose a row or a class is out of range.
    pub fn forward(&mut self) -> Result<(), OutOfRange> {
        self.executor.run(true)
    }

    /// Runs the backward pass after the forward pass.
    ///
    /// # Errors
    /// Those of [`Passes::forward`].
    pub fn backward(&mut self) -> Result<(), OutOfRange> {
        match self.seed {
            Some(_) => self.executor.run(false),
            None => Ok(()),
        }
    }

    /// The loss in a lane.
    pub fn loss(&mut self, lane: usize) -> f64 {
        self.executor.memory().number(&self.layout, self.loss, 0, lane)
    }

    /// `sum` plus the losses of the first lanes, one by one.
    pub fn add_losses(&mut self, lanes: usize, sum: f64) -> f64 {
        let mut sums = [sum];
        self.executor.memory().add_lanes(&self.layout, self.loss, lanes, &mut sums);
        sums[0]
    }

    /// Adds the gradients of the first lanes to those of the parameters.
    pub fn add_gradients(&mut self, lanes: usize, gradients: &mut [f64]) {
        let memory = self.executor.memory();
        for ((tensor, _), sums) in parts(&self.parameters, gradients) {
            if let Some(gradient) = self.code.gradients[tensor] {
                memory.add_lanes(&self.layout, gradient, lanes, sums);
            }
        }
    }

    /// Adds the gradient in a lane to that of the parameters.
    pub fn add_gradient(&mut self, lane: usize, gradients: &mut [f64]) {
        let memory = self.executor.memory();
        for ((tensor, _), sums) in parts(&self.parameters, gradients) {
            let Some(gradient) = self.code.gradients[tensor] else { continue };
            for (element, sum) in sums.iter_mut().enumerate() {
                *sum += memory.number(&self.layout, gradient, element, lane);
            }
        }
    }

    /// The tensor of a parameter.
    pub(super) fn parameter(&self, place: usize) -> TensorId {
        self.parameters[place].0
    }

    /// Whether a gradient comes back to a view.
    pub(super) fn has_gradient_of(&self, view: &View) -> bool {
        self.code.gradients.get(view.tensor).is_some_and(Option::is_some)
    }

    /// The numbers of a view in the first lane, and the gradients where some pass.
    pub(super) fn seen(&mut self, view: &View) -> (Vec<f64>, Option<Vec<f64>>) {
        let gradient = self.code.gradients.get(view.tensor).copied().flatten();
        (self.elements(view.tensor, view, 0), gradient.map(|gradient| self.elements(gradient, view, 0)))
    }

    /// The numbers of a tensor at the places of a view, in one lane.
    pub(super) fn elements(&mut self, tensor: TensorId, view: &View, lane: usize) -> Vec<f64> {
        let memory = self.executor.memory();
        view.places().into_iter().map(|place| memory.number(&self.layout, tensor, place, lane)).collect()
    }
}

fn write(
    memory: &mut crate::autodiff::engine::Memory,
    layout: &Layout,
    leaves: &[Leaf],
    lane: usize,
    mut numbers: &[f64],
) {
    for &(tensor, count) in leaves {
        let (own, rest) = numbers.split_at(count);
        memory.write(layout, tensor, lane, own);
        numbers = rest;
    }
}

/// Each leaf with its part of the numbers of all leaves.
fn parts<'n>(leaves: &[Leaf], mut numbers: &'n mut [f64]) -> impl Iterator<Item = (Leaf, &'n mut [f64])> {
    leaves.iter().map(move |&leaf| {
        let (own, rest) = std::mem::take(&mut numbers).split_at_mut(leaf.1);
        numbers = rest;
        (leaf, own)
    })
}
