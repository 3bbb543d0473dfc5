//! Gradient descent, all at once or in parts.

use super::batch::Batches;
use super::optimizer::Stepper;
use super::{Epochs, ManyRuns, Model, Run, Settings};
use crate::autodiff::Sweep;

/// Trains by gradient descent: for every batch of every epoch the optimizer moves the parameters
/// against the gradient, by default `w = w - learning rate * gradient` for one sample after the
/// other (the deck, "Training: updating weight").
#[must_use]
pub fn train(model: &Model, settings: &Settings) -> Run {
    let mut training = Training::new(model, settings);
    training.advance(model, usize::MAX);
    training.finish(model)
}

/// Code that takes many steps of plain gradient descent at once, one sample after the other.
pub trait MachineCode {
    /// Takes steps, and returns how many: all, or those before the first whose gradient is not finite.
    fn take(&self, steps: Steps<'_>) -> usize;
}

/// The steps that code takes, and where it records them.
#[derive(Debug)]
pub struct Steps<'r> {
    /// The samples one after the other, each with the numbers that the graph uses.
    pub rows: &'r [f64],
    /// The orders of the samples, from the current epoch on.
    pub order: &'r [u32],
    /// How far the order of the next epoch is from that of the current one: 0 if all have the same.
    pub stride: usize,
    /// The learning rates, from the current epoch on.
    pub rates: &'r [f64],
    /// The number of samples.
    pub samples: usize,
    /// How many samples of the current epoch are taken.
    pub place: usize,
    /// The parameters.
    pub parameters: &'r mut [f64],
    /// The records of the steps; the last one has as many numbers as there are steps.
    pub gradients: &'r mut [f64],
    /// The parameters after each step.
    pub weights: &'r mut [f64],
    /// The loss after each step.
    pub losses: &'r mut [f64],
}

/// No code: all steps are interpreted.
#[derive(Clone, Copy, Debug)]
pub struct NoCode;

impl ManyRuns for NoCode {
    fn take(&self, _: Epochs<'_>) {}
}

impl MachineCode for NoCode {
    fn take(&self, _: Steps<'_>) -> usize {
        0
    }
}

/// A run in progress. It allocates all memory for its record at the start.
#[derive(Clone, Debug)]
pub struct Training<C = NoCode> {
    run: Run,
    /// What takes the steps as long as it can.
    code: Option<C>,
    stepper: Stepper,
    passes: Passes,
    /// The total number of steps, and the number already taken.
    steps: usize,
    taken: usize,
}

/// How gradients are computed: one sample at a time, or with a lane for each sample of a batch.
#[derive(Clone, Debug)]
enum Passes {
    Sample(Sweep),
    Batch { batches: Batches, weights: Vec<f64>, gradients: Vec<f64> },
}

impl Training {
    /// Before the first step.
    #[must_use]
    pub fn new(model: &Model, settings: &Settings) -> Self {
        Self::with_code(model, settings, None, None)
    }
}

impl<C: MachineCode> Training<C> {
    /// The same with code for the graph of the model, which is used for plain gradient descent. The
    /// memory of a `spare` run of the same model is used again.
    #[must_use]
    pub fn with_code(model: &Model, settings: &Settings, code: Option<C>, spare: Option<Run>) -> Self {
        let stepper = Stepper::new(settings.optimizer(), settings.init().len());
        let code = code.filter(|_| stepper.is_plain() && settings.batch() == 1);
        let run = Run::prepare_in(model, settings, spare.filter(|_| code.is_some()));
        let passes = if settings.batch() == 1 {
            let mut sweep = model.sweep();
            model.load_parameters(&mut sweep, settings.init());
            Passes::Sample(sweep)
        } else {
            let mut batches = Batches::new(model);
            batches.load_parameters(model, settings.init());
            let weights = settings.init().to_vec();
            Passes::Batch { batches, gradients: vec![0.0; weights.len()], weights }
        };
        let steps = settings.epochs() * run.batches();
        Self { stepper, run, code, passes, steps, taken: 0 }
    }

    /// The number of steps already taken, and the total number.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.taken, self.steps)
    }

    /// Takes at most this many more steps with `model`, which must be the model that the run was
    /// made for.
    pub fn advance(&mut self, model: &Model, most: usize) {
        let end = self.taken.saturating_add(most).min(self.steps);
        self.advance_code(model, end);
        match &mut self.passes {
            Passes::Sample(sweep) => advance_samples(model, &mut self.run, &mut self.stepper, sweep, self.taken..end),
            Passes::Batch { batches, weights, gradients } => {
                let mut descent = Descent { model, run: &mut self.run, stepper: &mut self.stepper };
                (self.taken..end).for_each(|step| descent.step(batches, weights, gradients, step));
            }
        }
        self.taken = end;
    }

    /// Lets the code take steps. After a gradient that is not finite it is not used again.
    fn advance_code(&mut self, model: &Model, end: usize) {
        let (Some(code), Passes::Sample(sweep)) = (&self.code, &mut self.passes) else { return };
        let (run, taken) = (&mut self.run, self.taken);
        let (epoch, width) = (taken / run.samples, run.settings.init().len());
        if taken >= end {
            return;
        }
        run.make_room(end);
        let start = run.start_of(epoch);
        let done = taken
            + code.take(Steps {
                rows: model.rows(),
                order: &run.order[start..],
                stride: run.start_of(1),
                rates: &run.rates[epoch..],
                samples: run.samples,
                place: taken % run.samples,
                parameters: model.parameters_mut(&mut sweep.values),
                gradients: &mut run.gradients[taken * width..],
                weights: &mut run.weights[taken * width..],
                losses: &mut run.losses[taken..],
            });
        run.make_room(done);
        self.taken = done;
        if done < end {
            self.code = None;
        }
    }

    /// The run with the steps taken so far.
    #[must_use]
    pub fn finish(mut self, model: &Model) -> Run {
        let open = self.run.losses.len() < self.taken;
        if let (Passes::Batch { batches, .. }, true) = (&mut self.passes, open) {
            let after = batches.loss(model, self.run.samples_of(self.taken - 1));
            self.run.losses.push(after);
        }
        self.run.diverged = self.run.find_divergence();
        self.run
    }
}

fn advance_samples(
    model: &Model,
    run: &mut Run,
    stepper: &mut Stepper,
    sweep: &mut Sweep,
    steps: std::ops::Range<usize>,
) {
    let mut step = steps.start;
    while step < steps.end {
        let epoch = step / run.samples;
        let last = steps.end.min((epoch + 1) * run.samples);
        let start = run.start_of(epoch) + step % run.samples;
        let rate = run.rates[epoch];
        for place in start..start + (last - step) {
            model.load_sample(sweep, run.order[place] as usize);
            take_step(model, sweep, rate, stepper, run);
        }
        step = last;
    }
}

#[inline]
fn take_step(model: &Model, sweep: &mut Sweep, rate: f64, stepper: &mut Stepper, run: &mut Run) {
    sweep.forward(model.graph());
    sweep.backward(model.graph());
    if !model.parameters_mut(&mut sweep.gradients).iter().all(|gradient| gradient.is_finite()) {
        backward_near_overflow(model, sweep);
    }
    let Sweep { values, gradients } = sweep;
    let (weights, gradients) = (model.parameters_mut(values), model.parameters_mut(gradients));
    if stepper.is_plain() {
        // One loop for both the step and its record: for a few numbers, a second loop would double
        // the cost.
        for (weight, &gradient) in weights.iter_mut().zip(gradients.iter()) {
            *weight -= rate * gradient;
            run.gradients.push(gradient);
            run.weights.push(*weight);
        }
    } else {
        stepper.step(rate, weights, gradients);
        run.record(weights, gradients);
    }
    run.losses.push(sweep.forward(model.graph()));
}

/// Starts the backward pass from 1/2 instead of 1 and doubles the result. This changes no bit, but
/// avoids an overflow of intermediate products: `2*e` may be infinite although the gradient is not.
#[cold]
fn backward_near_overflow(model: &Model, sweep: &mut Sweep) {
    sweep.backward_from(model.graph(), 0.5);
    for gradient in model.parameters_mut(&mut sweep.gradients) {
        *gradient *= 2.0;
    }
}

/// Gradient descent with batches.
struct Descent<'t> {
    model: &'t Model,
    run: &'t mut Run,
    stepper: &'t mut Stepper,
}

impl Descent<'_> {
    /// If a batch is all samples in a fixed order, each step needs one pass: the loss after the
    /// step is the loss before the next step. In another order the last digits of the sum could
    /// differ.
    fn step(&mut self, batches: &mut Batches, weights: &mut [f64], gradients: &mut [f64], step: usize) {
        let whole = self.run.batches() == 1 && self.run.settings.shuffle().is_none();
        let before = self.gradient(batches, gradients, step);
        if whole && step > 0 {
            self.run.losses.push(before);
        }
        self.stepper.step(self.run.rate_of(step), weights, gradients);
        self.run.record(weights, gradients);
        batches.load_parameters(self.model, weights);
        if !whole {
            let after = batches.loss(self.model, self.run.samples_of(step));
            self.run.losses.push(after);
        }
    }

    fn gradient(&self, batches: &mut Batches, gradients: &mut [f64], step: usize) -> f64 {
        let samples = self.run.samples_of(step);
        let loss = batches.pass(self.model, samples, 1.0, gradients);
        if !gradients.iter().all(|gradient| gradient.is_finite()) {
            batches.pass(self.model, samples, 0.5, gradients);
            gradients.iter_mut().for_each(|gradient| *gradient *= 2.0);
        }
        loss
    }
}
