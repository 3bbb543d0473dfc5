//! Gradient descent, one sample at a time, and what it leaves behind.

use super::{Model, Settings};
use crate::autodiff::Sweep;

/// The record of a run: parameters, gradient and loss of every step, and nothing else. Any moment
/// is computed again from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    parameters: usize,
    init: Vec<f64>,
    weights: Vec<f64>,
    gradients: Vec<f64>,
    losses: Vec<f64>,
}

impl Run {
    /// The number of steps: epochs times samples.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.losses.len()
    }

    /// The parameters after each step: steps x parameters, row by row.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The gradient with which each step was taken: steps x parameters, row by row.
    #[must_use]
    pub fn gradients(&self) -> &[f64] {
        &self.gradients
    }

    /// The loss of the step's sample after the step, as the deck prints it.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// The parameters before step `step`; those before step [`steps`](Self::steps) are the final ones.
    #[must_use]
    pub fn parameters_before(&self, step: usize) -> &[f64] {
        match step.checked_sub(1) {
            None => &self.init,
            Some(last) => &self.weights[last * self.parameters..][..self.parameters],
        }
    }

    /// The gradient of step `step`.
    #[must_use]
    pub fn gradient(&self, step: usize) -> &[f64] {
        &self.gradients[step * self.parameters..][..self.parameters]
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

    fn with_capacity(parameters: usize, init: Vec<f64>, steps: usize) -> Self {
        Self {
            parameters,
            init,
            weights: Vec::with_capacity(steps * parameters),
            gradients: Vec::with_capacity(steps * parameters),
            losses: Vec::with_capacity(steps),
        }
    }
}

/// Trains by stochastic gradient descent: for every sample of every epoch, in order,
/// `w = w - learning rate * gradient` (the deck, "Training: updating weight").
///
/// It allocates for its record first, and then no more.
#[must_use]
pub fn train(model: &Model, settings: &Settings) -> Run {
    let steps = settings.epochs() * model.samples();
    let init = settings.init().to_vec();
    let mut run = Run::with_capacity(model.parameters().len(), init, steps);
    let mut sweep = model.sweep();
    model.load_parameters(&mut sweep, settings.init());
    for _ in 0..settings.epochs() {
        for sample in 0..model.samples() {
            model.load_sample(&mut sweep, sample);
            step(model, &mut sweep, settings.learning_rate(), &mut run);
        }
    }
    run
}

#[inline]
fn step(model: &Model, sweep: &mut Sweep, learning_rate: f64, run: &mut Run) {
    sweep.forward(model.graph());
    sweep.backward(model.graph());
    if !model.parameters_mut(&mut sweep.gradients).iter().all(|gradient| gradient.is_finite()) {
        backward_near_overflow(model, sweep);
    }
    let Sweep { values, gradients } = sweep;
    let (weights, gradients) = (model.parameters_mut(values), model.parameters_mut(gradients));
    // Pushed one by one: a copy of a few numbers by block costs more than a whole operation.
    for (weight, &gradient) in weights.iter_mut().zip(gradients.iter()) {
        *weight -= learning_rate * gradient;
        run.gradients.push(gradient);
        run.weights.push(*weight);
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
