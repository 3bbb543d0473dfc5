//! Axes: from a value to its place between 0 and 1, and the ticks at round values.

use crate::number::short;

/// More ticks than this are never drawn, whatever the numbers are.
const MOST_TICKS: usize = 16;

/// An axis over finite values.
pub(super) enum Axis {
    /// From the first value to the second, which is greater.
    Linear(f64, f64),
    /// From the first power of ten to the second, which is greater. The flag says that the lowest
    /// place stands for 0 and for all that is below it.
    Log(i32, i32, bool),
}

/// A place between 0 and 1, and the label of the value there.
pub(super) type Tick = (f64, String);

impl Axis {
    /// A linear axis that holds all values, and 0 where none is negative.
    pub(super) fn linear(values: impl Iterator<Item = f64> + Clone) -> Self {
        let greatest = values.clone().fold(f64::NEG_INFINITY, f64::max);
        let least = values.fold(f64::INFINITY, f64::min);
        if least > greatest {
            return Self::Linear(0.0, 1.0);
        }
        let (low, high) = (least.min(0.0), greatest.max(0.0));
        let (low, high) = if least < 0.0 { (least, greatest) } else { (low, high) };
        if high / 2.0 - low / 2.0 > f64::MIN_POSITIVE * 1e3 {
            return Self::Linear(low, high);
        }
        let margin = low.abs().max(1.0);
        Self::Linear(if low < 0.0 { low - margin } else { 0.0 }, if low < 0.0 { high + margin } else { margin })
    }

    /// A logarithmic axis that holds all positive values; nothing where there is none.
    pub(super) fn log(mut values: impl Iterator<Item = f64> + Clone) -> Option<Self> {
        let positive = values.clone().filter(|&value| value > 0.0);
        let greatest = positive.clone().fold(f64::NEG_INFINITY, f64::max);
        let least = positive.fold(f64::INFINITY, f64::min);
        if least > greatest {
            return None;
        }
        let below = values.any(|value| value <= 0.0);
        let low = least.log10().floor() as i32 - i32::from(below);
        let high = greatest.log10().ceil() as i32;
        Some(Self::Log(low, high.max(low + 1), below))
    }

    /// The place of a value: 0 at the low end, 1 at the high end.
    pub(super) fn place(&self, value: f64) -> f64 {
        let place = match *self {
            // Halves, because the difference of two doubles may pass the largest one.
            Self::Linear(low, high) => (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0),
            Self::Log(..) if value <= 0.0 => 0.0,
            Self::Log(low, high, _) => (value.log10() - f64::from(low)) / f64::from(high - low),
        };
        place.clamp(0.0, 1.0)
    }

    /// About `count` ticks with labels that differ.
    pub(super) fn ticks(&self, count: usize) -> Vec<Tick> {
        let count = count.clamp(1, MOST_TICKS / 2);
        let mut ticks = match *self {
            Self::Linear(low, high) => self.round_ticks(low, high, count),
            Self::Log(low, high, below) => self.power_ticks(low..=high, count, below),
        };
        ticks.dedup_by(|a, b| a.1 == b.1);
        ticks
    }

    fn round_ticks(&self, low: f64, high: f64, count: usize) -> Vec<Tick> {
        let step = round_step(high / count as f64 - low / count as f64);
        let first = (low / step).ceil();
        let values = (0..MOST_TICKS).map(|index| (first + index as f64) * step);
        let inside = values.take_while(|&value| value <= high + step * 1e-9 && value.is_finite());
        inside.map(|value| (self.place(value), short(value))).collect()
    }

    fn power_ticks(&self, powers: std::ops::RangeInclusive<i32>, count: usize, below: bool) -> Vec<Tick> {
        let low = *powers.start();
        let stride = (powers.end() - low).unsigned_abs() as usize / count + 1;
        let tick = |power| match power {
            power if below && power == low => (0.0, "0".to_owned()),
            power => (self.place(10f64.powi(power)), short(10f64.powi(power))),
        };
        powers.step_by(stride).map(tick).collect()
    }
}

/// Ticks at whole steps from 0 to `last`.
pub(super) fn step_ticks(last: usize, count: usize) -> Vec<usize> {
    let stride = round_step(last as f64 / count.max(1) as f64).ceil().max(1.0) as usize;
    (0..=last).step_by(stride).collect()
}

/// The least of 1, 2 and 5 times a power of ten that is not below `step`.
fn round_step(step: f64) -> f64 {
    let power = 10f64.powi(step.log10().floor() as i32);
    let factor = [1.0, 2.0, 5.0].into_iter().find(|factor| factor * power >= step * 0.999);
    let rounded = factor.unwrap_or(10.0) * power;
    if rounded.is_normal() { rounded } else { f64::MIN_POSITIVE.max(step) }
}
