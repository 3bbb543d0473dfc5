//! The mean loss of a batch and its gradient: a lane for each sample.

use super::Model;
use crate::autodiff::{LaneSweep, Plan};

/// How many samples go through the graph at once.
const LANES: usize = 8;

/// The passes over batches of a model. The sums are taken sample by sample, so that they equal
/// those of a loop over the batch bit for bit.
#[derive(Clone, Debug)]
pub(super) struct Batches {
    plan: Plan,
    sweep: LaneSweep<LANES>,
}

impl Batches {
    pub(super) fn new(model: &Model) -> Self {
        let inputs = model.inputs().len();
        let plan = Plan::of(model.graph(), inputs..inputs + model.parameters().len());
        let sweep = LaneSweep::new(&plan);
        Self { plan, sweep }
    }

    pub(super) fn load_parameters(&mut self, model: &Model, parameters: &[f64]) {
        let inputs = model.inputs().len();
        for (value, &parameter) in self.sweep.values[inputs..].iter_mut().zip(parameters) {
            *value = [parameter; LANES];
        }
    }

    /// The mean loss of the samples.
    pub(super) fn loss(&mut self, model: &Model, samples: &[u32]) -> f64 {
        let mut sum = 0.0;
        for group in samples.chunks(LANES) {
            self.load_samples(model, group);
            sum = total(sum, self.sweep.forward(&self.plan), group.len());
        }
        sum / samples.len() as f64
    }

    /// Returns the mean loss, and writes its gradient with respect to the parameters.
    pub(super) fn pass(&mut self, model: &Model, samples: &[u32], seed: f64, gradients: &mut [f64]) -> f64 {
        gradients.fill(0.0);
        let mut sum = 0.0;
        for group in samples.chunks(LANES) {
            self.load_samples(model, group);
            sum = total(sum, self.sweep.forward(&self.plan), group.len());
            self.sweep.backward_from(&self.plan, seed);
            let lanes = &self.sweep.gradients[model.inputs().len()..];
            for (gradient, lanes) in gradients.iter_mut().zip(lanes) {
                *gradient = total(*gradient, lanes, group.len());
            }
        }
        gradients.iter_mut().for_each(|gradient| *gradient /= samples.len() as f64);
        sum / samples.len() as f64
    }

    /// Lanes without a sample keep their old values, which are not used.
    fn load_samples(&mut self, model: &Model, samples: &[u32]) {
        for (lane, &sample) in samples.iter().enumerate() {
            let row = model.row(sample as usize);
            self.sweep.values.iter_mut().zip(row).for_each(|(value, &number)| value[lane] = number);
        }
    }
}

/// Adds the first lanes one by one. Most groups are full, and a loop of known length is fast.
#[inline]
fn total(sum: f64, lanes: &[f64; LANES], count: usize) -> f64 {
    match count {
        LANES => lanes.iter().fold(sum, |sum, number| sum + number),
        _ => lanes[..count].iter().fold(sum, |sum, number| sum + number),
    }
}
