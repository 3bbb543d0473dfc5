//! What a learning rate does to a run, and why: the factor by which an epoch changes the distance
//! to the minimum, and the learning rates for which it is below 1.
//!
//! Where every sample's gradient is an affine function of the parameters, as for models that are
//! linear in them with a squared loss, an epoch is an affine map, and everything here is exact but
//! for rounding. Its linear part is the product over the samples of `I - a·H`, with the learning
//! rate `a` and the sample's second derivatives `H`; the run converges where its spectral radius is
//! below 1. For one parameter that radius is the absolute value of a polynomial in `a`: on the
//! deck's data `(1-2a)(1-8a)(1-18a)`, which is small for `a` around 1/2 again. Elsewhere the same is
//! computed at the end of the run, and holds near it only.

use super::{Model, Run};
use crate::autodiff::Sweep;
use crate::calculus::{Calculation, Pool, simplify};

/// The most operations for the factor of one learning rate, so that all of them are known within a
/// frame: a product of matrices for each sample, and forty for the spectral radius.
const MAX_WORK: usize = 4_000;
const SQUARINGS: usize = 40;
/// How many learning rates are looked at between the least and the largest.
const PARTS: usize = 600;
/// The learning rates that are looked at.
const LEAST: f64 = 1e-4;
const LARGEST: f64 = 10.0;
/// A factor above which a run is said to crawl: a hundred epochs leave more than a third.
const SLOW: f64 = 0.99;

/// What becomes of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The distance to the minimum shrinks from epoch to epoch.
    Converges,
    /// It shrinks, and the parameter jumps from one side of the minimum to the other.
    Oscillates,
    /// It shrinks by less than a hundredth in an epoch.
    Crawls,
    /// It grows.
    Diverges,
    /// Neither shrinks nor grows, or the minimum has no slope that says so.
    Stays,
}

/// Learning rates from `low` to `high`, both excluded, for which a run converges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What a learning rate does, and what others would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What becomes of the run.
    pub fate: Fate,
    /// The factor by which an epoch changes the distance to the minimum; for one parameter with its
    /// sign, for several the spectral radius.
    pub factor: f64,
    /// The stable learning rates between 0 and 10, in order.
    pub stable: Vec<Interval>,
    /// The learning rate at which an epoch does most, and its factor.
    pub best: (f64, f64),
    /// Whether it holds everywhere, and not only near where the run ended.
    pub exact: bool,
}

/// The second derivatives of each sample's loss by the parameters, at one point.
#[derive(Clone, Debug)]
pub struct Curvature {
    parameters: usize,
    /// A matrix per sample, row by row.
    samples: Vec<Vec<f64>>,
    exact: bool,
}

impl Verdict {
    /// Judges a learning rate where the loss has this curvature.
    #[must_use]
    pub fn of(curvature: &Curvature, learning_rate: f64) -> Self {
        let factor = curvature.factor(learning_rate);
        let (stable, best) = curvature.stable();
        Self { fate: fate(factor), factor, stable, best, exact: curvature.exact }
    }
}

fn fate(factor: f64) -> Fate {
    match factor.abs() {
        size if size > 1.0 + 1e-12 => Fate::Diverges,
        size if size >= 1.0 - 1e-12 || size.is_nan() => Fate::Stays,
        size if size > SLOW => Fate::Crawls,
        _ if factor < 0.0 => Fate::Oscillates,
        _ => Fate::Converges,
    }
}

impl Curvature {
    /// The curvature of a model where a run ended, or for one that [`is_affine`] anywhere; nothing where
    /// there are too many parameters or samples, or where the run did not end at finite numbers and
    /// the model is not affine.
    #[must_use]
    pub fn of(model: &Model, run: &Run, exact: bool) -> Option<Self> {
        let parameters = model.parameters().len();
        let products = model.samples() + if parameters > 1 { SQUARINGS } else { 0 };
        if products.saturating_mul(parameters.saturating_pow(3)) > MAX_WORK {
            return None;
        }
        let end = run.parameters_before(run.steps());
        let here = if exact || end.iter().any(|value| !value.is_finite()) { run.parameters_before(0) } else { end };
        let step = if exact { 1.0 } else { 1e-5 };
        let mut sweep = model.sweep();
        let samples =
            (0..model.samples()).map(|sample| second_derivatives(model, &mut sweep, sample, here, step)).collect();
        let curvature = Self { parameters, samples, exact };
        let finite = curvature.samples.iter().flatten().all(|number| number.is_finite());
        (finite && (exact || end.iter().all(|value| value.is_finite()))).then_some(curvature)
    }

    /// The factor of an epoch at a learning rate.
    #[must_use]
    pub fn factor(&self, learning_rate: f64) -> f64 {
        if self.parameters == 1 {
            return self.samples.iter().map(|curvature| 1.0 - learning_rate * curvature[0]).product();
        }
        let size = self.parameters;
        let mut epoch = identity(size);
        for curvature in &self.samples {
            let mut step = identity(size);
            step.iter_mut().zip(curvature).for_each(|(one, curvature)| *one -= learning_rate * curvature);
            epoch = product(&step, &epoch, size);
        }
        spectral_radius(epoch, size)
    }

    /// The stable learning rates, and the best one.
    fn stable(&self) -> (Vec<Interval>, (f64, f64)) {
        let rate = |part: usize| LEAST * (LARGEST / LEAST).powf(part as f64 / PARTS as f64);
        let grid: Vec<(f64, f64)> = (0..=PARTS).map(|part| (rate(part), self.factor(rate(part)).abs())).collect();
        let mut intervals: Vec<Interval> = Vec::new();
        let mut open = (grid[0].1 < 1.0).then_some(0.0);
        for pair in grid.windows(2) {
            let ((left, before), (right, after)) = (pair[0], pair[1]);
            if (before < 1.0) == (after < 1.0) {
                continue;
            }
            let end = self.edge(left, right);
            match open.take() {
                Some(low) => intervals.push(Interval { low, high: end }),
                None => open = Some(end),
            }
        }
        intervals.extend(open.map(|low| Interval { low, high: f64::INFINITY }));
        (intervals, self.best(&grid))
    }

    /// Where the factor passes 1 between two learning rates.
    fn edge(&self, mut left: f64, mut right: f64) -> f64 {
        let inside = self.factor(left).abs() < 1.0;
        for _ in 0..60 {
            let middle = left / 2.0 + right / 2.0;
            if (self.factor(middle).abs() < 1.0) == inside { left = middle } else { right = middle }
        }
        left / 2.0 + right / 2.0
    }

    /// The least factor: the best of the grid, then thirds of the interval around it.
    fn best(&self, grid: &[(f64, f64)]) -> (f64, f64) {
        let least = (0..grid.len()).min_by(|&a, &b| grid[a].1.total_cmp(&grid[b].1)).unwrap_or_default();
        let mut low = grid[least.saturating_sub(1)].0;
        let mut high = grid[(least + 1).min(grid.len() - 1)].0;
        for _ in 0..100 {
            let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
            if self.factor(left).abs() <= self.factor(right).abs() { high = right } else { low = left }
        }
        let best = low / 2.0 + high / 2.0;
        (best, self.factor(best).abs())
    }
}

/// Whether each sample's gradient is an affine function of the parameters: no second derivative
/// has a parameter in it.
#[must_use]
pub fn is_affine(model: &Model) -> bool {
    let parameters = model.parameters();
    parameters.iter().all(|parameter| has_constant_slopes(model, parameter).unwrap_or(false))
}

fn has_constant_slopes(model: &Model, parameter: &str) -> Option<bool> {
    let mut calculation = Calculation::of(model.program(), parameter, 1).ok()?;
    let gradient = calculation.simplified().ok()?.id;
    let mut pool: Pool = calculation.pool;
    for other in model.parameters() {
        let name = pool.name(other);
        let slope = crate::calculus::Derivation::of(&mut pool, gradient, name).ok()?.result();
        let slope = simplify(&mut pool, slope).ok()?.id;
        if pool.names_in(slope).iter().any(|name| model.parameters().contains(name)) {
            return Some(false);
        }
    }
    Some(true)
}

/// The matrix of second derivatives of one sample's loss, by differences of the exact gradient;
/// where that is affine they are exact but for rounding.
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
/// (Gelfand's formula), with k doubled forty times and the size taken out each time.
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
