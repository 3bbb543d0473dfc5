//! How a learning rate affects a run, and why: the factor by which an epoch changes the distance to
//! the minimum, and the learning rates for which its absolute value is below 1.
//!
//! If every sample's gradient is an affine function of the parameters, as for linear models with a
//! squared loss, an epoch is an affine map, and everything here is exact apart from rounding. Its
//! linear part is the product over the samples of `I - a·H`, with the learning rate `a` and the
//! sample's second derivatives `H`; the run converges if its spectral radius is below 1. For one
//! parameter that radius is the absolute value of a polynomial in `a`: on the deck's data
//! `(1-2a)(1-8a)(1-18a)`, which is small again for `a` around 1/2. For other models the same is
//! computed at the end of the run, and is valid only near that point.

use super::Curvature;

/// How many learning rates are tested between the smallest and the largest.
const PARTS: usize = 600;
/// The smallest and the largest learning rate that are tested.
const LEAST: f64 = 1e-4;
const LARGEST: f64 = 10.0;
/// A run with a factor above this one is very slow: after a hundred epochs more than a third of the
/// distance is left.
const SLOW: f64 = 0.99;

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The distance to the minimum shrinks from epoch to epoch.
    Converges,
    /// The distance shrinks, and the parameter jumps from one side of the minimum to the other.
    Oscillates,
    /// The distance shrinks by less than one percent in an epoch.
    Crawls,
    /// The distance grows.
    Diverges,
    /// The distance neither shrinks nor grows, or the curvature at the minimum does not decide it.
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

/// The verdict on a learning rate, and on other learning rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The outcome of the run.
    pub fate: Fate,
    /// The factor by which an epoch changes the distance to the minimum: with its sign for one
    /// parameter, the spectral radius for several.
    pub factor: f64,
    /// The learning rates for which a run converges.
    pub stability: Stability,
    /// Whether the verdict holds everywhere, and not only near the end of the run.
    pub exact: bool,
}

/// The learning rates for which a run converges, found by computing a thousand factors.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// Between 0 and 10, in order.
    pub intervals: Vec<Interval>,
    /// The learning rate with the fastest convergence, and its factor.
    pub best: (f64, f64),
}

impl Verdict {
    /// The verdict on a learning rate, given the curvature of the loss and its stability.
    #[must_use]
    pub fn of(curvature: &Curvature, stability: &Stability, learning_rate: f64) -> Self {
        let (factor, stability) = (curvature.factor(learning_rate), stability.clone());
        Self { fate: fate(factor), factor, stability, exact: curvature.exact }
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

impl Stability {
    /// Finds the learning rates with a factor below 1.
    #[must_use]
    pub fn of(curvature: &Curvature) -> Self {
        let rate = |part: usize| LEAST * (LARGEST / LEAST).powf(part as f64 / PARTS as f64);
        let grid: Vec<(f64, f64)> = (0..=PARTS).map(|part| (rate(part), curvature.factor(rate(part)).abs())).collect();
        let mut intervals: Vec<Interval> = Vec::new();
        let mut open = (grid[0].1 < 1.0).then_some(0.0);
        for pair in grid.windows(2) {
            let ((left, before), (right, after)) = (pair[0], pair[1]);
            if (before < 1.0) == (after < 1.0) {
                continue;
            }
            let end = edge(curvature, left, right);
            match open.take() {
                Some(low) => intervals.push(Interval { low, high: end }),
                None => open = Some(end),
            }
        }
        intervals.extend(open.map(|low| Interval { low, high: f64::INFINITY }));
        Self { intervals, best: best(curvature, &grid) }
    }
}

/// The learning rate between two others at which the factor crosses 1.
fn edge(curvature: &Curvature, mut left: f64, mut right: f64) -> f64 {
    let inside = curvature.factor(left).abs() < 1.0;
    for _ in 0..60 {
        let middle = left / 2.0 + right / 2.0;
        if (curvature.factor(middle).abs() < 1.0) == inside { left = middle } else { right = middle }
    }
    left / 2.0 + right / 2.0
}

/// The smallest factor: the best of the grid, then a ternary search in the interval around it.
fn best(curvature: &Curvature, grid: &[(f64, f64)]) -> (f64, f64) {
    let least = (0..grid.len()).min_by(|&a, &b| grid[a].1.total_cmp(&grid[b].1)).unwrap_or_default();
    let mut low = grid[least.saturating_sub(1)].0;
    let mut high = grid[(least + 1).min(grid.len() - 1)].0;
    for _ in 0..100 {
        let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if curvature.factor(left).abs() <= curvature.factor(right).abs() { high = right } else { low = left }
    }
    let best = low / 2.0 + high / 2.0;
    (best, curvature.factor(best).abs())
}
