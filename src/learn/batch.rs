//! The mean loss of a batch and its gradient: a lane for each sample.

use super::Model;
use crate::autodiff::{LaneSweep, Plan};

/// How many samples go through the graph at once.
const LANES: usize = 8;

/// The passes over batches of a model. The sums are taken sample by sample, so that they have the
/// bits of a loop over the batch.
pub(super) struct Batches<'m> {
    model: &'m Model,
    plan: Plan,
    sweep: LaneSweep<LANES>,
}

impl<'m> Batches<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let inputs = model.inputs().len();
        let plan = Plan::of(model.graph(), inputs..inputs + model.parameters().len());
        let sweep = LaneSweep::new(&plan);
        Self { model, plan, sweep }
    }

    pub(super) fn load_parameters(&mut self, parameters: &[f64]) {
        let inputs = self.model.inputs().len();
        for (value, &parameter) in self.sweep.values[inputs..].iter_mut().zip(parameters) {
            *value = [parameter; LANES];
        }
    }

    /// The mean loss of the samples.
    pub(super) fn loss(&mut self, samples: &[u32]) -> f64 {
        let mut sum = 0.0;
        for group in samples.chunks(LANES) {
            self.load_samples(group);
            sum = total(sum, self.sweep.forward(&self.plan), group.len());
        }
        sum / samples.len() as f64
    }

    /// Returns the mean loss, and writes its gradient by the parameters.
    pub(super) fn pass(&mut self, samples: &[u32], seed: f64, gradients: &mut [f64]) -> f64 {
        gradients.fill(0.0);
        let mut sum = 0.0;
        for group in samples.chunks(LANES) {
            self.load_samples(group);
            sum = total(sum, self.sweep.forward(&self.plan), group.len());
            self.sweep.backward_from(&self.plan, seed);
            let lanes = &self.sweep.gradients[self.model.inputs().len()..];
            for (gradient, lanes) in gradients.iter_mut().zip(lanes) {
                *gradient = total(*gradient, lanes, group.len());
            }
        }
        gradients.iter_mut().for_each(|gradient| *gradient /= samples.len() as f64);
        sum / samples.len() as f64
    }

    /// Lanes without a sample keep what they had; nothing is read from them.
    fn load_samples(&mut self, samples: &[u32]) {
        for (lane, &sample) in samples.iter().enumerate() {
            let row = self.model.row(sample as usize);
            self.sweep.values.iter_mut().zip(row).for_each(|(value, &number)| value[lane] = number);
        }
    }
}

/// Adds the first lanes one by one. Full groups are nearly all, and a loop of known length is fast.
#[inline]
fn total(sum: f64, lanes: &[f64; LANES], count: usize) -> f64 {
    match count {
        LANES => lanes.iter().fold(sum, |sum, number| sum + number),
        _ => lanes[..count].iter().fold(sum, |sum, number| sum + number),
    }
}
