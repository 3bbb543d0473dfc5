//! Gradient descent, all at once or in parts.

use super::code::{Batch, MachineCode, NoCode, Steps};
use super::optimizer::Stepper;
use super::{Model, Run, Settings};
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

/// A run in progress. It allocates all memory for its record at the start.
#[derive(Clone, Debug)]
pub struct Training<C = NoCode> {
    run: Run,
    /// What takes the steps as long as it can.
    code: Option<C>,
    stepper: Stepper,
    /// The graph's numbers; the parameters among them are the current ones.
    sweep: Sweep,
    /// The gradients of a batch.
    gradients: Vec<f64>,
    /// The total number of steps, and the number already taken.
    steps: usize,
    taken: usize,
}

impl Training {
    /// Before the first step.
    #[must_use]
    pub fn new(model: &Model, settings: &Settings) -> Self {
        Self::with_code(model, settings, None, None)
    }
}

impl<C: MachineCode> Training<C> {
    /// The same with code for the model. The memory of a `spare` run of the same model is used
    /// again.
    #[must_use]
    pub fn with_code(model: &Model, settings: &Settings, code: Option<C>, spare: Option<Run>) -> Self {
        let stepper = Stepper::new(settings.optimizer(), settings.init().len());
        let is_plain = stepper.is_plain() && settings.batch() == 1;
        let run = Run::prepare_in(model, settings, spare.filter(|_| code.is_some() && is_plain));
        let mut sweep = model.sweep();
        model.load_parameters(&mut sweep, settings.init());
        let gradients = vec![0.0; settings.init().len()];
        let steps = settings.epochs() * run.batches();
        Self { stepper, run, code, sweep, gradients, steps, taken: 0 }
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
        let is_single = self.run.settings.batch() == 1;
        if is_single && self.stepper.is_plain() {
            self.advance_code(model, end);
        }
        if is_single && self.code.is_none() {
            advance_samples(model, &mut self.run, &mut self.stepper, &mut self.sweep, self.taken..end);
        } else {
            (self.taken..end).for_each(|step| self.step(model, step));
        }
        self.taken = end;
    }

    /// Lets the code take steps. After a gradient that is not finite it is not used again.
    fn advance_code(&mut self, model: &Model, end: usize) {
        let (Some(code), true) = (&self.code, self.taken < end) else { return };
        let (run, taken) = (&mut self.run, self.taken);
        let (epoch, width) = (taken / run.samples, run.settings.init().len());
        run.make_room(end);
        let start = run.start_of(epoch);
        let done = code.take(Steps {
            rows: model.rows(),
            order: &run.order[start..],
            stride: run.start_of(1),
            rates: &run.rates[epoch..],
            samples: run.samples,
            place: taken % run.samples,
            parameters: model.parameters_mut(&mut self.sweep.values),
            gradients: &mut run.gradients[taken * width..],
            weights: &mut run.weights[taken * width..],
            losses: &mut run.losses[taken..],
        });
        self.taken += done.unwrap_or(0);
        run.make_room(self.taken);
        if done.is_some() && self.taken < end {
            self.code = None;
        }
    }

    /// Takes a step with a batch.
    ///
    /// If a batch is all samples in a fixed order, each step needs one pass: the loss after the
    /// step is the loss before the next step. In another order the last digits of the sum could
    /// differ.
    fn step(&mut self, model: &Model, step: usize) {
        let is_whole = self.run.batches() == 1 && self.run.settings.shuffle().is_none();
        let before = self.gradient(model, step);
        if is_whole && step > 0 {
            self.run.losses.push(before);
        }
        let weights = model.parameters_mut(&mut self.sweep.values);
        self.stepper.step(self.run.rate_of(step), weights, &self.gradients);
        self.run.record(weights, &self.gradients);
        if !is_whole {
            let after = self.pass(model, step, 1.0, false);
            self.run.losses.push(after);
        }
    }

    /// The mean loss of a step's batch, whose mean gradient is kept.
    fn gradient(&mut self, model: &Model, step: usize) -> f64 {
        let loss = self.pass(model, step, 1.0, true);
        if !self.gradients.iter().all(|gradient| gradient.is_finite()) {
            // See `backward_near_overflow`.
            self.pass(model, step, 0.5, true);
            self.gradients.iter_mut().for_each(|gradient| *gradient *= 2.0);
        }
        loss
    }

    /// The mean loss of a step's batch, and on request its mean gradient, by code or by the graph.
    ///
    /// The sum over a batch begins at 0, as in Python. That of a single sample begins at -0, which
    /// changes no number.
    fn pass(&mut self, model: &Model, step: usize, seed: f64, with_gradients: bool) -> f64 {
        let samples = self.run.samples_of(step);
        let sum = if self.run.settings.batch() == 1 { -0.0 } else { 0.0 };
        let gradients = if with_gradients { self.gradients.as_mut_slice() } else { &mut [] };
        gradients.fill(sum);
        let parameters = model.parameters_mut(&mut self.sweep.values);
        let by_code = self
            .code
            .as_ref()
            .and_then(|code| code.pass(Batch { parameters, samples, seed, sum, gradients: &mut *gradients }));
        let total = by_code.unwrap_or_else(|| {
            gradients.fill(sum);
            pass_through(model, &mut self.sweep, samples, seed, sum, gradients)
        });
        let size = samples.len() as f64;
        gradients.iter_mut().for_each(|gradient| *gradient /= size);
        total / size
    }

    /// The run with the steps taken so far.
    #[must_use]
    pub fn finish(mut self, model: &Model) -> Run {
        if self.run.losses.len() < self.taken {
            let after = self.pass(model, self.taken - 1, 1.0, false);
            self.run.losses.push(after);
        }
        self.run.diverged = self.run.find_divergence();
        self.run
    }
}

/// The passes over a batch, one sample after the other.
fn pass_through(model: &Model, sweep: &mut Sweep, samples: &[u32], seed: f64, sum: f64, gradients: &mut [f64]) -> f64 {
    samples.iter().fold(sum, |sum, &sample| {
        model.load_sample(sweep, sample as usize);
        let loss = sweep.forward(model.graph());
        if !gradients.is_empty() {
            sweep.backward_from(model.graph(), seed);
            let shares = model.parameters_mut(&mut sweep.gradients);
            gradients.iter_mut().zip(shares).for_each(|(gradient, share)| *gradient += *share);
        }
        sum + loss
    })
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
