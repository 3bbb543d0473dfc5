//! How a run's distance to the minimum changes: the second derivatives of the loss, and the linear
//! map of an epoch when they are constant.

use super::{Model, Optimizer, Rule, Run, Schedule};
use crate::autodiff::Sweep;

/// The maximum number of operations for the factor of one learning rate, so that all factors are
/// computed within one frame: a matrix product for each step, and forty for the spectral radius.
const MAX_WORK: usize = 4_000;
const SQUARINGS: usize = 40;

/// The second derivatives of each step's loss with respect to the parameters, at one point.
#[derive(Clone, Debug)]
pub struct Curvature {
    parameters: usize,
    /// A matrix for each step of an epoch, row by row: the mean over the step's batch, plus the
    /// weight decay.
    steps: Vec<Vec<f64>>,
    optimizer: Optimizer,
    pub(super) exact: bool,
}

impl Curvature {
    /// The curvature of a model at the end of a run, or at any point if the model [`is_affine`].
    /// Nothing if an epoch can't be described by one linear map: the steps depend on earlier
    /// gradients, the learning rate or the order changes, there are too many parameters or steps,
    /// or the run did not end at finite numbers and the model is not affine.
    #[must_use]
    pub fn of(model: &Model, run: &Run, exact: bool) -> Option<Self> {
        let (optimizer, parameters) = (run.settings().optimizer(), model.parameters().len());
        if !is_linear(run) || work(model, run) > MAX_WORK {
            return None;
        }
        let end = run.parameters_before(run.steps());
        let is_finite = end.iter().all(|value| value.is_finite());
        let here = if exact || !is_finite { run.parameters_before(0) } else { end };
        let mut sweep = model.sweep();
        let mut mean = |step: usize| mean_second_derivatives(model, &mut sweep, run.samples_of(step), here, exact);
        let mut steps: Vec<Vec<f64>> = (0..run.batches()).map(&mut mean).collect();
        for place in (0..parameters * parameters).step_by(parameters + 1) {
            steps.iter_mut().for_each(|step| step[place] += optimizer.weight_decay);
        }
        let known = steps.iter().flatten().all(|number| number.is_finite()) && (exact || is_finite);
        known.then_some(Self { parameters, steps, optimizer, exact })
    }

    /// The factor of an epoch at a learning rate: with its sign for one parameter without momentum,
    /// otherwise the spectral radius of the epoch's map.
    #[must_use]
    pub fn factor(&self, learning_rate: f64) -> f64 {
        if self.parameters == 1 && self.optimizer.momentum == 0.0 {
            return self.steps.iter().map(|curvature| 1.0 - learning_rate * curvature[0]).product();
        }
        let size = self.size();
        let mut epoch = identity(size);
        for curvature in &self.steps {
            epoch = product(&self.step(curvature, learning_rate), &epoch, size);
        }
        spectral_radius(epoch, size)
    }

    /// With momentum, the last step of each parameter is stored too.
    fn size(&self) -> usize {
        if self.optimizer.momentum == 0.0 { self.parameters } else { 2 * self.parameters }
    }

    /// How a step changes the distance to the minimum and the stored step:
    /// `v = momentum*v + H*w`, then `w = w - a*v`, or `w - a*(H*w + momentum*v)` with Nesterov.
    fn step(&self, curvature: &[f64], rate: f64) -> Vec<f64> {
        let (count, size) = (self.parameters, self.size());
        let Optimizer { momentum, nesterov, .. } = self.optimizer;
        let by_curvature = rate * if nesterov { 1.0 + momentum } else { 1.0 };
        let by_memory = rate * if nesterov { momentum * momentum } else { momentum };
        let mut step = identity(size);
        for (row, column) in (0..count).flat_map(|row| (0..count).map(move |column| (row, column))) {
            let second = curvature[row * count + column];
            step[row * size + column] -= by_curvature * second;
            if size > count {
                step[(count + row) * size + column] = second;
                step[row * size + count + column] = if row == column { -by_memory } else { 0.0 };
                step[(count + row) * size + count + column] = if row == column { momentum } else { 0.0 };
            }
        }
        step
    }
}

/// Whether a step is a linear map of the values before it, and every epoch has the same steps.
fn is_linear(run: &Run) -> bool {
    let settings = run.settings();
    settings.optimizer().rule == Rule::Sgd && settings.schedule() == Schedule::Constant && settings.shuffle().is_none()
}

fn work(model: &Model, run: &Run) -> usize {
    let (parameters, momentum) = (model.parameters().len(), run.settings().optimizer().momentum);
    let size = if momentum == 0.0 { parameters } else { parameters.saturating_mul(2) };
    let products = model.samples() + if size > 1 { SQUARINGS } else { 0 };
    products.saturating_mul(size.saturating_pow(3))
}

/// Whether each sample's gradient is an affine function of the parameters: its loss is a polynomial
/// of degree at most 2 in them.
#[must_use]
pub fn is_affine(model: &Model) -> bool {
    let graph = model.graph();
    let is_parameter = |name| model.parameters().contains(name);
    let sources: Vec<bool> = graph.variables().iter().map(is_parameter).collect();
    graph.degree(&sources).is_some_and(|degree| degree <= 2)
}

fn mean_second_derivatives(model: &Model, sweep: &mut Sweep, samples: &[u32], here: &[f64], exact: bool) -> Vec<f64> {
    let step = if exact { 1.0 } else { 1e-5 };
    let mut mean = vec![0.0; here.len() * here.len()];
    for &sample in samples {
        let matrix = second_derivatives(model, sweep, sample as usize, here, step);
        mean.iter_mut().zip(matrix).for_each(|(sum, number)| *sum += number / samples.len() as f64);
    }
    mean
}

/// The matrix of second derivatives of one sample's loss, from differences of the exact gradient;
/// if the gradient is affine, they are exact apart from rounding.
fn second_derivatives(model: &Model, sweep: &mut Sweep, sample: usize, here: &[f64], step: f64) -> Vec<f64> {
    let size = here.len();
    let mut matrix = vec![0.0; size * size];
    model.load_sample(sweep, sample);
    for column in 0..size {
        let step = step * here[column].abs().max(1.0);
        let mut gradient = |shift: f64| {
            let mut moved = here.to_vec();
            moved[column] += shift;
            model.load_parameters(sweep, &moved);
            sweep.forward(model.graph());
            sweep.backward(model.graph());
            (moved[column], model.parameters_mut(&mut sweep.gradients).to_vec())
        };
        let ((right, after), (left, before)) = (gradient(step), gradient(-step));
        for row in 0..size {
            matrix[row * size + column] = (after[row] - before[row]) / (right - left);
        }
    }
    matrix
}

fn identity(size: usize) -> Vec<f64> {
    (0..size * size).map(|place| if place % (size + 1) == 0 { 1.0 } else { 0.0 }).collect()
}

fn product(left: &[f64], right: &[f64], size: usize) -> Vec<f64> {
    let cell = |place: usize| {
        let (row, column) = (place / size, place % size);
        (0..size).map(|k| left[row * size + k] * right[k * size + column]).sum()
    };
    (0..size * size).map(cell).collect()
}

/// The largest absolute eigenvalue, as the limit of the k-th root of the k-th power's size
/// (Gelfand's formula), with k doubled forty times and the matrix rescaled each time.
fn spectral_radius(mut matrix: Vec<f64>, size: usize) -> f64 {
    let (mut logarithm, mut power) = (0.0, 1.0);
    for _ in 0..SQUARINGS {
        let largest = matrix.iter().fold(0.0_f64, |largest, cell| largest.max(cell.abs()));
        if largest == 0.0 || !largest.is_finite() {
            return if largest == 0.0 { 0.0 } else { f64::INFINITY };
        }
        logarithm += largest.ln() / power;
        power *= 2.0;
        matrix.iter_mut().for_each(|cell| *cell /= largest);
        matrix = product(&matrix, &matrix, size);
    }
    logarithm.exp()
}
