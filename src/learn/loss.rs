//! The loss over all the data, as a curve over the steps.

use super::{Model, Run};

/// The mean loss over the data before the first step and after every step of `run`: steps + 1
/// numbers.
///
/// If that would take more than `budget` evaluations of the model, the mean is computed only at
/// equally spaced steps and at the last; it is repeated for the steps between them.
#[must_use]
pub fn mean_losses(model: &Model, run: &Run, budget: usize) -> Vec<f64> {
    let affordable = (budget / model.samples()).max(2);
    let stride = run.steps().div_ceil(affordable).max(1);
    let mut sweep = model.sweep();
    let mut mean = |parameters: &[f64]| {
        model.load_parameters(&mut sweep, parameters);
        let mut sum = 0.0;
        for sample in 0..model.samples() {
            model.load_sample(&mut sweep, sample);
            sum += sweep.forward(model.graph());
        }
        sum / model.samples() as f64
    };
    let wanted = |step: usize| step.is_multiple_of(stride) || step == run.steps();
    let mut last = f64::NAN;
    let mut at = |step| {
        if wanted(step) {
            last = mean(run.parameters_before(step));
        }
        last
    };
    (0..=run.steps()).map(&mut at).collect()
}

/// After how many epochs the mean loss was first at most `goal`. The `means` are those before the
/// first step and after each step, and an epoch has `batches` steps; 0 means before the first
/// epoch.
#[must_use]
pub fn epochs_to(means: &[f64], batches: usize, goal: f64) -> Option<usize> {
    means.iter().step_by(batches.max(1)).position(|&mean| mean <= goal)
}

/// The factor by which an epoch multiplied the mean loss: the geometric mean over the last half of
/// the run. Nothing if the run has too few epochs, or if a loss is not positive and finite.
#[must_use]
pub fn settled_ratio(means: &[f64], batches: usize) -> Option<f64> {
    let epochs: Vec<f64> = means.iter().step_by(batches.max(1)).copied().collect();
    let last = epochs.len().checked_sub(1).filter(|&last| last >= 2)?;
    let half = last / 2;
    let ratio = (epochs[last] / epochs[half]).powf(1.0 / (last - half) as f64);
    (ratio.is_finite() && ratio > 0.0).then_some(ratio)
}
