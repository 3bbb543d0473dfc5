//! The record of a run of gradient descent.

use super::{Model, Settings, order};

/// The record of a run: only the parameters, gradient and loss of every step. Everything else about
/// a moment is computed again from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub(super) settings: Settings,
    /// The order of the samples: one list for all epochs, or one for each epoch if they are
    /// shuffled.
    pub(super) order: Vec<u32>,
    pub(super) samples: usize,
    pub(super) rates: Vec<f64>,
    pub(super) weights: Vec<f64>,
    pub(super) gradients: Vec<f64>,
    pub(super) losses: Vec<f64>,
    /// Computed once when the run is finished, because every picture needs it.
    pub(super) diverged: Option<usize>,
}

impl Run {
    /// The number of steps: epochs times the batches of each, or fewer if the run was stopped.
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

    /// The index at which the order of an epoch begins.
    pub(super) fn start_of(&self, epoch: usize) -> usize {
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
        self.diverged
    }

    pub(super) fn find_divergence(&self) -> Option<usize> {
        if are_finite(&self.weights) && are_finite(&self.losses) {
            return None;
        }
        let finite = |step: &usize| {
            let weights = self.parameters_before(step + 1);
            self.losses[*step].is_finite() && weights.iter().all(|weight| weight.is_finite())
        };
        (0..self.steps()).find(|step| !finite(step)).map(|step| step + 1)
    }

    /// A record without steps, in the memory of a run that is not needed any more.
    pub(super) fn prepare_in(model: &Model, settings: &Settings, spare: Option<Self>) -> Self {
        let Some(spare) = spare else { return Self::prepare(model, settings) };
        let orders = if settings.shuffle().is_some() { settings.epochs() } else { 1 };
        let is_alike = spare.settings.shuffle() == settings.shuffle() && spare.order.len() == orders * model.samples();
        Self {
            rates: settings.schedule().rates(settings.learning_rate(), settings.epochs()),
            order: if is_alike { spare.order } else { order_of(settings, model.samples()) },
            samples: model.samples(),
            diverged: None,
            settings: settings.clone(),
            ..spare
        }
    }

    pub(super) fn prepare(model: &Model, settings: &Settings) -> Self {
        let (samples, epochs, parameters) = (model.samples(), settings.epochs(), settings.init().len());
        let steps = epochs * samples.div_ceil(settings.batch());
        Self {
            rates: settings.schedule().rates(settings.learning_rate(), epochs),
            weights: Vec::with_capacity(steps * parameters),
            gradients: Vec::with_capacity(steps * parameters),
            losses: Vec::with_capacity(steps),
            diverged: None,
            settings: settings.clone(),
            order: order_of(settings, samples),
            samples,
        }
    }

    /// Room for the records up to a step; what was there before stays as it was.
    pub(super) fn make_room(&mut self, steps: usize) {
        let width = self.settings.init().len();
        self.gradients.resize(steps * width, 0.0);
        self.weights.resize(steps * width, 0.0);
        self.losses.resize(steps, 0.0);
    }

    pub(super) fn record(&mut self, weights: &[f64], gradients: &[f64]) {
        // Pushed one by one: for a few numbers, a block copy costs more than an operation of the
        // graph.
        for (&weight, &gradient) in weights.iter().zip(gradients) {
            self.gradients.push(gradient);
            self.weights.push(weight);
        }
    }
}

/// Whether all numbers are finite. A finite number times 0 is 0 or -0, any other is NaN; the loop
/// has no branch, so that a vector instruction does the work for two numbers.
fn are_finite(numbers: &[f64]) -> bool {
    let sign = (-0.0_f64).to_bits();
    numbers.iter().fold(0, |bits, number| bits | (number * 0.0).to_bits()) & !sign == 0
}

/// The order of the samples: one list for all epochs, or if they are shuffled one for each.
fn order_of(settings: &Settings, samples: usize) -> Vec<u32> {
    match settings.shuffle() {
        Some(seed) => order::shuffled(samples, settings.epochs(), seed),
        None => (0..samples as u32).collect(),
    }
}
