//! Gradient descent, and what it leaves behind.

use super::batch::Batches;
use super::optimizer::Stepper;
use super::{Model, Settings, order};
use crate::autodiff::Sweep;

/// The record of a run: parameters, gradient and loss of every step, and nothing else. Any moment
/// is computed again from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    settings: Settings,
    /// The order of the samples: one list for all epochs, or where they are shuffled one for each.
    order: Vec<u32>,
    samples: usize,
    rates: Vec<f64>,
    weights: Vec<f64>,
    gradients: Vec<f64>,
    losses: Vec<f64>,
}

impl Run {
    /// The number of steps: epochs times the batches of each.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.losses.len()
    }

    /// How the run was set up.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The number of steps in an epoch.
    #[must_use]
    pub fn batches(&self) -> usize {
        self.samples.div_ceil(self.settings.batch())
    }

    /// The samples of a step.
    #[must_use]
    pub fn samples_of(&self, step: usize) -> &[u32] {
        let (epoch, batch) = (step / self.batches(), step % self.batches());
        let order = &self.order[self.start_of(epoch)..][..self.samples];
        let start = batch * self.settings.batch();
        &order[start..(start + self.settings.batch()).min(self.samples)]
    }

    /// Where the order of an epoch begins.
    fn start_of(&self, epoch: usize) -> usize {
        if self.settings.shuffle().is_some() { epoch * self.samples } else { 0 }
    }

    /// The learning rate of a step.
    #[must_use]
    pub fn rate_of(&self, step: usize) -> f64 {
        self.rates[step / self.batches()]
    }

    /// The parameters after each step: steps x parameters, row by row.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The gradient of the batch's mean loss with which each step was taken: steps x parameters,
    /// row by row.
    #[must_use]
    pub fn gradients(&self) -> &[f64] {
        &self.gradients
    }

    /// The mean loss of the step's batch after the step, as the deck prints it.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// The parameters before step `step`; those before step [`steps`](Self::steps) are the final ones.
    #[must_use]
    pub fn parameters_before(&self, step: usize) -> &[f64] {
        let init = self.settings.init();
        match step.checked_sub(1) {
            None => init,
            Some(last) => &self.weights[last * init.len()..][..init.len()],
        }
    }

    /// The gradient of step `step`.
    #[must_use]
    pub fn gradient(&self, step: usize) -> &[f64] {
        let parameters = self.settings.init().len();
        &self.gradients[step * parameters..][..parameters]
    }

    /// The number of the first step, counted from 1, after which a parameter or the loss is not
    /// finite.
    #[must_use]
    pub fn diverged(&self) -> Option<usize> {
        let finite = |step: &usize| {
            let weights = self.parameters_before(step + 1);
            self.losses[*step].is_finite() && weights.iter().all(|weight| weight.is_finite())
        };
        (0..self.steps()).find(|step| !finite(step)).map(|step| step + 1)
    }

    fn prepare(model: &Model, settings: &Settings) -> Self {
        let (samples, epochs, parameters) = (model.samples(), settings.epochs(), settings.init().len());
        let steps = epochs * samples.div_ceil(settings.batch());
        let order = match settings.shuffle() {
            Some(seed) => order::shuffled(samples, epochs, seed),
            None => (0..samples as u32).collect(),
        };
        Self {
            rates: settings.schedule().rates(settings.learning_rate(), epochs),
            weights: Vec::with_capacity(steps * parameters),
            gradients: Vec::with_capacity(steps * parameters),
            losses: Vec::with_capacity(steps),
            settings: settings.clone(),
            order,
            samples,
        }
    }

    fn record(&mut self, weights: &[f64], gradients: &[f64]) {
        // Pushed one by one: a copy of a few numbers by block costs more than a whole operation.
        for (&weight, &gradient) in weights.iter().zip(gradients) {
            self.gradients.push(gradient);
            self.weights.push(weight);
        }
    }
}

/// Trains by gradient descent: for every batch of every epoch the optimizer moves the parameters
/// against the gradient, by default `w = w - learning rate * gradient` for one sample after the
/// other (the deck, "Training: updating weight").
///
/// It allocates for its record first, and then no more.
#[must_use]
pub fn train(model: &Model, settings: &Settings) -> Run {
    let mut run = Run::prepare(model, settings);
    if settings.batch() == 1 {
        train_samples(model, &mut run);
    } else {
        train_batches(model, &mut run);
    }
    run
}

fn train_samples(model: &Model, run: &mut Run) {
    let mut stepper = Stepper::new(run.settings.optimizer(), run.settings.init().len());
    let mut sweep = model.sweep();
    model.load_parameters(&mut sweep, run.settings.init());
    for epoch in 0..run.settings.epochs() {
        let (start, rate) = (run.start_of(epoch), run.rates[epoch]);
        for place in start..start + run.samples {
            model.load_sample(&mut sweep, run.order[place] as usize);
            take_step(model, &mut sweep, rate, &mut stepper, run);
        }
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

/// Halves the seed and doubles the result, which changes no bit but keeps a product that fits in a
/// double from overflowing half-way: `2*e` may be infinite where `(2*x)*e` is not.
#[cold]
fn backward_near_overflow(model: &Model, sweep: &mut Sweep) {
    sweep.backward_from(model.graph(), 0.5);
    for gradient in model.parameters_mut(&mut sweep.gradients) {
        *gradient *= 2.0;
    }
}

/// A batch of all samples is passed over once for a step: its loss after the step is the loss
/// before the next.
fn train_batches(model: &Model, run: &mut Run) {
    let parameters = run.settings.init().len();
    let mut stepper = Stepper::new(run.settings.optimizer(), parameters);
    let mut batches = Batches::new(model);
    let (mut weights, mut gradients) = (run.settings.init().to_vec(), vec![0.0; parameters]);
    // In another order a sum has other last digits.
    let whole = run.batches() == 1 && run.settings.shuffle().is_none();
    let steps = run.settings.epochs() * run.batches();
    batches.load_parameters(&weights);
    for step in 0..steps {
        let before = gradient_of(&mut batches, run.samples_of(step), &mut gradients);
        if whole && step > 0 {
            run.losses.push(before);
        }
        stepper.step(run.rate_of(step), &mut weights, &gradients);
        run.record(&weights, &gradients);
        batches.load_parameters(&weights);
        if !whole || step + 1 == steps {
            let after = batches.loss(run.samples_of(step));
            run.losses.push(after);
        }
    }
}

fn gradient_of(batches: &mut Batches, samples: &[u32], gradients: &mut [f64]) -> f64 {
    let loss = batches.pass(samples, 1.0, gradients);
    if !gradients.iter().all(|gradient| gradient.is_finite()) {
        batches.pass(samples, 0.5, gradients);
        gradients.iter_mut().for_each(|gradient| *gradient *= 2.0);
    }
    loss
}
