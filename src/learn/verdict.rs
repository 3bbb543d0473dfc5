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

use super::Curvature;

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
    /// The learning rates that converge.
    pub stability: Stability,
    /// Whether it holds everywhere, and not only near where the run ended.
    pub exact: bool,
}

/// The learning rates at which a run converges; it takes a thousand factors to find them.
#[derive(Clone, Debug, PartialEq)]
pub struct Stability {
    /// Between 0 and 10, in order.
    pub intervals: Vec<Interval>,
    /// The learning rate at which an epoch does most, and its factor.
    pub best: (f64, f64),
}

impl Verdict {
    /// Judges a learning rate where the loss has this curvature, which has this stability.
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
    /// Looks for the learning rates with a factor below 1.
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

/// Where the factor passes 1 between two learning rates.
fn edge(curvature: &Curvature, mut left: f64, mut right: f64) -> f64 {
    let inside = curvature.factor(left).abs() < 1.0;
    for _ in 0..60 {
        let middle = left / 2.0 + right / 2.0;
        if (curvature.factor(middle).abs() < 1.0) == inside { left = middle } else { right = middle }
    }
    left / 2.0 + right / 2.0
}

/// The least factor: the best of the grid, then thirds of the interval around it.
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
