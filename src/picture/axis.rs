//! The range of an axis, its ticks and their labels.

use crate::number::{superscript, typographic};

/// How losses are laid out on the vertical axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scale {
    /// Linear: equal distances are equal differences; the axis always includes 0.
    #[default]
    Linear,
    /// Logarithmic: equal distances are equal ratios; only losses greater than 0 can be shown.
    Log,
}

/// The narrowest range of a linear axis. In a narrower one the steps between ticks would be lost in
/// rounding.
const NARROWEST: f64 = 1e-300;

/// The tolerance at the ends of an axis, as a fraction of a step: the last bits of powers and
/// logarithms are not reliable.
const SLACK: f64 = 1e-9;

/// An axis that covers a finite range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Axis {
    /// From the first number to the second.
    Linear(f64, f64),
    /// From one power of ten to another.
    Log(i32, i32),
}

/// A marked place on an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// From 0 at the low end of the axis to 1 at its high end.
    pub at: f64,
    /// The label.
    pub label: String,
}

impl Axis {
    /// The axis for losses in this range; `None` means that there are no losses.
    pub fn of(scale: Scale, span: Option<(f64, f64)>) -> Self {
        match scale {
            Scale::Linear => Self::linear(span.unwrap_or((0.0, 1.0))),
            Scale::Log => Self::log(span.unwrap_or((1.0, 10.0))),
        }
    }

    /// Always includes 0, because the picture shows how far the loss is from 0.
    fn linear((low, high): (f64, f64)) -> Self {
        match (low.min(0.0), high.max(0.0)) {
            (0.0, 0.0) => Self::Linear(0.0, 1.0),
            (low, high) if high - low < NARROWEST => Self::Linear(low, low + NARROWEST),
            (low, high) => Self::Linear(low, high),
        }
    }

    /// From the power of ten below to the one above.
    fn log((low, high): (f64, f64)) -> Self {
        let bottom = (low.log10() + SLACK).floor() as i32;
        let top = (high.log10() - SLACK).ceil() as i32;
        if bottom < top { Self::Log(bottom, top) } else { Self::Log(bottom - 1, bottom + 1) }
    }

    /// The position of a value: 0 at the low end, 1 at the high end.
    pub fn at(&self, value: f64) -> f64 {
        self.part(value).clamp(0.0, 1.0)
    }

    /// The position of a value, also beyond the ends. Halves are used so that the span between two
    /// huge numbers of opposite signs does not overflow.
    pub fn part(&self, value: f64) -> f64 {
        match *self {
            Self::Linear(low, high) => (value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0),
            Self::Log(low, high) => (value.log10() - f64::from(low)) / f64::from(high - low),
        }
    }

    /// The numbers at its ends.
    pub fn ends(&self) -> (f64, f64) {
        match *self {
            Self::Linear(low, high) => (low, high),
            Self::Log(low, high) => (power(low), power(high)),
        }
    }

    /// About `count` ticks at most (at least 2), at round numbers that are at least `least` apart.
    pub fn ticks(&self, count: usize, least: f64) -> Vec<Tick> {
        match *self {
            Self::Linear(low, high) => self.linear_ticks(low, high, count.max(2) as f64, least),
            Self::Log(low, high) => self.log_ticks(low, high, count.max(2)),
        }
    }

    fn linear_ticks(&self, low: f64, high: f64, count: f64, least: f64) -> Vec<Tick> {
        let (digit, exponent) = round_step((high / count - low / count).max(least));
        let step = digit as f64 * power(exponent);
        let first = (low / step - SLACK).ceil() as i64;
        let last = (high / step + SLACK).floor() as i64;
        let largest = first.abs().max(last.abs()) * digit;
        (first..=last)
            .map(|k| Tick { at: self.at(k as f64 * step), label: decimal(k * digit, exponent, largest) })
            .collect()
    }

    fn log_ticks(&self, low: i32, high: i32, count: usize) -> Vec<Tick> {
        let decades = (high - low) as usize;
        let stride = [1, 2, 3, 5, 10, 20, 50, 100].into_iter();
        let stride = stride.clone().find(|s| decades / s <= count).unwrap_or(200) as i32;
        let plain = low >= -3 && high <= 4;
        (low..=high)
            .filter(|power| power.rem_euclid(stride) == 0)
            .map(|power| Tick {
                at: f64::from(power - low) / f64::from(high - low),
                label: if plain { decimal(1, power, 1) } else { format!("10{}", superscript(&power.to_string())) },
            })
            .collect()
    }
}

/// The smallest number of the form 1, 2 or 5 times a power of ten that is at least `raw`: (digit,
/// exponent). At the end of the range of floating point numbers it is 1e308, because 2e308 is
/// infinite.
fn round_step(raw: f64) -> (i64, i32) {
    let exponent = raw.log10().floor() as i32;
    let digit = raw / power(exponent);
    match digit {
        d if d <= 1.0 || exponent >= 308 => (1, exponent),
        d if d <= 2.0 => (2, exponent),
        d if d <= 5.0 => (5, exponent),
        _ => (1, exponent + 1),
    }
}

/// Ten to an integer power.
fn power(exponent: i32) -> f64 {
    10f64.powi(exponent)
}

/// `digits` times ten to the `exponent`, exactly, in the style of an axis whose largest tick has
/// the digits `largest`.
fn decimal(digits: i64, exponent: i32, largest: i64) -> String {
    let magnitude = exponent + largest.max(1).ilog10() as i32;
    if digits == 0 {
        "0".to_owned()
    } else if exponent >= -6 && (-4..6).contains(&magnitude) {
        typographic(&fixed(digits, exponent))
    } else {
        typographic(&scientific(digits, exponent))
    }
}

/// With as many decimals as the step between ticks.
fn fixed(digits: i64, exponent: i32) -> String {
    if exponent >= 0 {
        return (digits * 10i64.pow(exponent as u32)).to_string();
    }
    let places = exponent.unsigned_abs() as usize;
    let unit = 10i64.pow(exponent.unsigned_abs());
    let sign = if digits < 0 { "-" } else { "" };
    format!("{sign}{}.{:0places$}", digits.abs() / unit, digits.abs() % unit)
}

/// Such as 1.5e−7.
fn scientific(digits: i64, exponent: i32) -> String {
    let text = digits.abs().to_string();
    let magnitude = exponent + text.len() as i32 - 1;
    let sign = if digits < 0 { "-" } else { "" };
    match (&text[..1], text[1..].trim_end_matches('0')) {
        (head, "") => format!("{sign}{head}e{magnitude}"),
        (head, tail) => format!("{sign}{head}.{tail}e{magnitude}"),
    }
}
