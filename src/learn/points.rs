//! The mean loss of samples at many points, by the graph or in loops with a lane for each point.

use super::{Lanes, Model, Passes};
use crate::autodiff::Sweep;
use crate::autodiff::engine::{Code, Executor, Layout, Precision};

/// What does not change from point to point.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// All parameters, one after the other, of which those on the axes vary.
    pub parameters: &'a [f64],
    /// The parameters that vary, by their places.
    pub axes: &'a [usize],
    /// The samples over which the losses are averaged.
    pub samples: &'a [u32],
}

/// Evaluates a model at points. A sample that can't be evaluated has the loss NaN.
pub trait Points {
    /// The mean loss at each of the points, which are given one after the other by their parameters
    /// on the axes.
    fn losses(&mut self, around: Around<'_>, points: &[f64]) -> Vec<f64>;

    /// The mean loss at the parameters themselves, and its gradient.
    fn slopes(&mut self, around: Around<'_>) -> (f64, Vec<f64>);
}

/// Points one by one: nothing has to be prepared, so this is the fastest for a few points of a small
/// model.
#[derive(Clone, Debug)]
pub struct GraphPoints<'m> {
    model: &'m Model,
    sweep: Sweep,
}

impl<'m> GraphPoints<'m> {
    /// The points of a model.
    #[must_use]
    pub fn of(model: &'m Model) -> Self {
        Self { model, sweep: model.sweep() }
    }

    fn loss(&mut self, samples: &[u32]) -> f64 {
        let (model, sweep) = (self.model, &mut self.sweep);
        let mut sum = 0.0;
        for &sample in samples {
            model.load_sample(sweep, sample as usize);
            sum += sweep.forward(model.graph());
        }
        sum / samples.len() as f64
    }
}

impl Points for GraphPoints<'_> {
    fn losses(&mut self, around: Around<'_>, points: &[f64]) -> Vec<f64> {
        self.model.load_parameters(&mut self.sweep, around.parameters);
        let inputs = self.model.inputs().len();
        let loss = |point: &[f64]| {
            around.axes.iter().zip(point).for_each(|(axis, &value)| self.sweep.values[inputs + axis] = value);
            self.loss(around.samples)
        };
        points.chunks(around.axes.len()).map(loss).collect()
    }

    fn slopes(&mut self, around: Around<'_>) -> (f64, Vec<f64>) {
        let (model, sweep) = (self.model, &mut self.sweep);
        model.load_parameters(sweep, around.parameters);
        let (mut loss, mut gradients) = (0.0, vec![0.0; around.parameters.len()]);
        for &sample in around.samples {
            model.load_sample(sweep, sample as usize);
            loss += sweep.forward(model.graph());
            sweep.backward(model.graph());
            let own = &sweep.gradients[model.inputs().len()..];
            gradients.iter_mut().zip(own).for_each(|(sum, gradient)| *sum += gradient);
        }
        mean(loss, gradients, around.samples.len())
    }
}

/// Points side by side.
#[derive(Clone, Debug)]
pub struct LoopPoints<E> {
    passes: Passes<E>,
    /// The samples one after the other, each with the numbers that the program uses.
    rows: Vec<f64>,
    /// How many numbers a sample has.
    width: usize,
}

impl<E: Executor> LoopPoints<E> {
    /// The points of a model, so many at once; `make` gives the executor.
    #[must_use]
    pub fn of(model: &Model, lanes: usize, make: impl FnOnce(&Code, &Layout, Precision) -> E) -> Option<Self> {
        let passes = Passes::of(model, Lanes::Points(lanes), make)?;
        Some(Self { passes, rows: model.rows().to_vec(), width: model.inputs().len() })
    }

    fn load_sample(&mut self, sample: u32) {
        self.passes.load_sample(0, &self.rows[sample as usize * self.width..][..self.width]);
    }

    /// Adds the losses of a sample, at each point.
    fn add(&mut self, sample: u32, sums: &mut [f64]) {
        self.load_sample(sample);
        let is_known = self.passes.forward().is_ok();
        for (lane, sum) in sums.iter_mut().enumerate() {
            *sum += if is_known { self.passes.loss(lane) } else { f64::NAN };
        }
    }
}

impl<E: Executor> Points for LoopPoints<E> {
    fn losses(&mut self, around: Around<'_>, points: &[f64]) -> Vec<f64> {
        let (lanes, axes) = (self.passes.lanes(), around.axes.len());
        let mut losses = vec![0.0; points.len() / axes];
        let mut parameters = around.parameters.to_vec();
        for (group, sums) in points.chunks(lanes * axes).zip(losses.chunks_mut(lanes)) {
            for (lane, point) in group.chunks(axes).enumerate() {
                around.axes.iter().zip(point).for_each(|(&axis, &value)| parameters[axis] = value);
                self.passes.load_parameters(lane, &parameters);
            }
            around.samples.iter().for_each(|&sample| self.add(sample, sums));
            sums.iter_mut().for_each(|sum| *sum /= around.samples.len() as f64);
        }
        losses
    }

    fn slopes(&mut self, around: Around<'_>) -> (f64, Vec<f64>) {
        let (mut loss, mut gradients) = (0.0, vec![0.0; around.parameters.len()]);
        (0..self.passes.lanes()).for_each(|lane| self.passes.load_parameters(lane, around.parameters));
        for &sample in around.samples {
            self.load_sample(sample);
            let is_known = self.passes.forward().and_then(|()| self.passes.backward()).is_ok();
            loss += if is_known { self.passes.loss(0) } else { f64::NAN };
            self.passes.add_gradient(0, &mut gradients);
        }
        mean(loss, gradients, around.samples.len())
    }
}

fn mean(loss: f64, mut gradients: Vec<f64>, samples: usize) -> (f64, Vec<f64>) {
    gradients.iter_mut().for_each(|gradient| *gradient /= samples as f64);
    (loss / samples as f64, gradients)
}
