//! The loss over all the data, as a curve over the steps.

use super::{Model, Run};

/// The mean loss over the data before the first step and after every step of `run`: steps + 1
/// numbers.
///
/// Where that would take more than `budget` evaluations of the model, the mean is computed only at
/// steps of equal distance and at the last, and stands until the next of them.
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
