//! Many runs of any settings in loops: a lane for each run.

use super::optimizer::Stepper;
use super::{Epochs, FATE_LANES, Lanes, ManyRuns, Model, Optimizer, Passes};
use crate::autodiff::engine::{Code, Executor, Layout, Precision};

/// Runs of a model, some of them side by side.
#[derive(Clone, Debug)]
pub struct LoopRuns<E> {
    passes: Passes<E>,
    optimizer: Optimizer,
    width: usize,
    parameters: usize,
    /// The optimizer of each run.
    steppers: Vec<Stepper>,
}

impl<E: Executor> LoopRuns<E> {
    /// Runs of a model with this optimizer, so many side by side; `make` gives the executor.
    #[must_use]
    pub fn of(
        model: &Model,
        optimizer: Optimizer,
        lanes: usize,
        make: impl FnOnce(&Code, &Layout, Precision) -> E,
    ) -> Option<Self> {
        let passes = Passes::of(model, Lanes::Points(lanes), make)?;
        let (width, parameters) = (model.inputs().len(), model.parameters().len());
        Some(Self { passes, optimizer, width, parameters, steppers: Vec::new() })
    }

    /// Takes the steps of the runs from `first` on.
    fn take_some(&mut self, first: usize, epochs: &mut Epochs<'_>) {
        let mut group: Vec<Lane> =
            (first..FATE_LANES.min(first + self.passes.lanes())).map(|run| Lane::of(run, epochs.parameters)).collect();
        for (epoch, &factor) in epochs.factors.iter().enumerate() {
            let sums = &mut epochs.sums[epoch * FATE_LANES..][..FATE_LANES];
            group.iter().for_each(|lane| sums[lane.run] = 0.0);
            let order = &epochs.order[epoch * epochs.stride..][..epochs.samples];
            for samples in order.chunks(epochs.batch) {
                self.pass(samples, epochs.rows, &mut group, sums, epochs.batch == 1);
                self.step(&mut group, factor, epochs.rates);
            }
        }
        group.iter().for_each(|lane| lane.write(epochs.parameters));
    }

    /// The mean gradients of a batch in all lanes; the losses are added to the sums of the runs.
    fn pass(&mut self, samples: &[u32], rows: &[f64], group: &mut [Lane], sums: &mut [f64], is_single: bool) {
        for (lane, run) in group.iter_mut().enumerate() {
            run.gradients.fill(if is_single { -0.0 } else { 0.0 });
            self.passes.load_parameters(lane, &run.weights);
        }
        for &sample in samples {
            self.passes.load_sample(0, &rows[sample as usize * self.width..][..self.width]);
            let is_known = self.passes.forward().and_then(|()| self.passes.backward()).is_ok();
            for (lane, run) in group.iter_mut().enumerate() {
                sums[run.run] += if is_known { self.passes.loss(lane) } else { f64::NAN };
                self.passes.add_gradient(lane, &mut run.gradients);
            }
        }
        let size = samples.len() as f64;
        group.iter_mut().flat_map(|run| &mut run.gradients).for_each(|gradient| *gradient /= size);
    }

    fn step(&mut self, group: &mut [Lane], factor: f64, rates: &[f64]) {
        for Lane { run, weights, gradients } in group {
            self.steppers[*run].step(rates[*run] * factor, weights, gradients);
        }
    }
}

impl<E: Executor> ManyRuns for LoopRuns<E> {
    fn begin(&mut self) {
        self.steppers = vec![Stepper::new(self.optimizer, self.parameters); FATE_LANES];
    }

    fn take(&mut self, mut epochs: Epochs<'_>) {
        for first in (0..FATE_LANES).step_by(self.passes.lanes()) {
            self.take_some(first, &mut epochs);
        }
    }
}

/// A run that is computed in a lane.
struct Lane {
    run: usize,
    weights: Vec<f64>,
    gradients: Vec<f64>,
}

impl Lane {
    /// The run with this number; each parameter has a number for each run.
    fn of(run: usize, parameters: &[f64]) -> Self {
        let weights: Vec<f64> = parameters.chunks_exact(FATE_LANES).map(|runs| runs[run]).collect();
        Self { run, gradients: vec![0.0; weights.len()], weights }
    }

    fn write(&self, parameters: &mut [f64]) {
        let runs = parameters.chunks_exact_mut(FATE_LANES);
        runs.zip(&self.weights).for_each(|(runs, &weight)| runs[self.run] = weight);
    }
}
