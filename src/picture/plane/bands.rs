//! A third quantity, shown by colour.

use plotters::style::RGBColor;

/// How many bands there are.
const BANDS: f64 = 14.0;

/// A third quantity as bands of equal ratios; larger values are darker.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// The number of columns of cells.
    pub columns: usize,
    /// A number for each cell, row by row from the bottom. Numbers that are not finite belong to
    /// the last band.
    pub values: Vec<f64>,
}

impl Bands {
    /// The band of each number, from 0 to 1, in equal ratios above the smallest number.
    pub(super) fn levels(&self) -> Vec<f64> {
        let finite = || self.values.iter().copied().filter(|value| value.is_finite());
        let (least, most) =
            finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
        let floor = (most - least) * 1e-4;
        let whole = ((most - least + floor) / floor).ln();
        let level = |value: f64| {
            let part = ((value - least + floor) / floor).ln() / whole;
            if part.is_finite() { (part * BANDS).floor().min(BANDS - 1.0) / (BANDS - 1.0) } else { 1.0 }
        };
        self.values.iter().map(|&value| level(value)).collect()
    }
}

/// The colour at the fraction `part`, from 0 to 1, between two colours.
#[must_use]
pub fn mixed(from: RGBColor, to: RGBColor, part: f64) -> RGBColor {
    // Rounded by the conversion, because a map has a colour for each of its cells.
    let mix = |from: u8, to: u8| (f64::from(from) * (1.0 - part) + f64::from(to) * part + 0.5) as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
