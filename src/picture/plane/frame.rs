//! The positions of a plane's axes in its picture.

use super::Plane;
use crate::number::short;
use crate::picture::axis::{Axis, Tick};
use crate::picture::geometry::{Bounds, Point};
use crate::picture::label::text_width;

/// Smaller pictures have no room for axes.
const SMALLEST: Point = (140.0, 120.0);
/// From this width on the text is a size larger.
const WIDE: f64 = 480.0;
/// The rows above and below the plot.
const ABOVE: f64 = 26.0;
const BELOW: f64 = 44.0;
/// The largest number at an end of an axis, and the narrowest range relative to its numbers.
const HUGE: f64 = 1e300;
const NARROWEST: f64 = 1e-9;
/// The minimum distance between ticks, horizontal and vertical.
const CLOSEST: Point = (60.0, 34.0);

/// The plot's borders, and its ticks in place.
pub(super) struct Frame {
    pub(super) bounds: Bounds,
    pub(super) across: Axis,
    pub(super) up: Axis,
    pub(super) font: f64,
    pub(super) columns: Vec<(f64, String)>,
    pub(super) levels: Vec<(f64, String)>,
}

impl Frame {
    pub(super) fn of(plane: &Plane, size: Point) -> Option<Self> {
        if size.0 < SMALLEST.0 || size.1 < SMALLEST.1 {
            return None;
        }
        let font = if size.0 < WIDE { 12.0 } else { 13.0 };
        let [across, up] = [plane.across, plane.up].map(sound);
        let (top, bottom) = (ABOVE, size.1 - BELOW);
        let levels = up.ticks(((bottom - top) / CLOSEST.1).clamp(2.0, 6.0) as usize, 0.0);
        let widest = |ticks: &[Tick]| ticks.iter().map(|tick| text_width(&tick.label, font)).fold(0.0, f64::max);
        let left = (widest(&levels) + 12.0).min(size.0 / 2.0);
        let mut columns = across.ticks(((size.0 - left) / CLOSEST.0).clamp(2.0, 10.0) as usize, 0.0);
        if plane.logarithmic {
            columns.iter_mut().for_each(|tick| tick.label = power_of_ten(&across, tick.at));
        }
        let right = size.0 - (widest(&columns) / 2.0).clamp(8.0, size.0 / 4.0);
        let bounds = Bounds { left, top, right, bottom };
        let mut frame = Self { bounds, across, up, font, columns: Vec::new(), levels: Vec::new() };
        frame.columns = columns.into_iter().map(|tick| (left + tick.at * bounds.width(), tick.label)).collect();
        frame.levels = levels.into_iter().map(|tick| (bottom - tick.at * bounds.height(), tick.label)).collect();
        Some(frame)
    }

    pub(super) fn place(&self, (x, y): Point) -> Point {
        let Bounds { left, bottom, .. } = self.bounds;
        (left + self.across.at(x) * self.bounds.width(), bottom - self.up.at(y) * self.bounds.height())
    }

    /// The ends of the part of a segment that lies in the frame (Liang and Barsky, 1984).
    pub(super) fn clipped(&self, from: Point, to: Point) -> Option<(Point, Point)> {
        let (step, mut first, mut last) = ((to.0 - from.0, to.1 - from.1), 0.0_f64, 1.0_f64);
        let [across, up] = [&self.across, &self.up].map(Axis::ends);
        let edges = [
            (-step.0, from.0 - across.0),
            (step.0, across.1 - from.0),
            (-step.1, from.1 - up.0),
            (step.1, up.1 - from.1),
        ];
        for (direction, distance) in edges {
            match direction {
                0.0 if distance < 0.0 => return None,
                0.0 => {}
                inwards if inwards < 0.0 => first = first.max(distance / inwards),
                outwards => last = last.min(distance / outwards),
            }
        }
        let at = |part: f64| (from.0 + part * step.0, from.1 + part * step.1);
        (first <= last).then(|| (at(first), at(last)))
    }

    pub(super) fn contains(&self, (x, y): Point) -> bool {
        let [across, up] = [&self.across, &self.up].map(Axis::ends);
        (across.0..=across.1).contains(&x) && (up.0..=up.1).contains(&y)
    }
}

/// The axis of a range. The range is widened if its ticks would be lost in rounding, and huge
/// numbers are limited so that they can be subtracted.
fn sound((low, high): Point) -> Axis {
    let bounded = |end: f64| if end.is_nan() { 0.0 } else { end.clamp(-HUGE, HUGE) };
    let (low, high) = (bounded(low), bounded(high));
    let least = (NARROWEST * low.abs().max(high.abs())).max(1.0 / HUGE);
    if high - low >= least { Axis::Linear(low, high) } else { Axis::Linear(low - least, low + least) }
}

/// The number at a place of an axis of exponents, with as few digits as needed.
fn power_of_ten(axis: &Axis, at: f64) -> String {
    let (low, high) = axis.ends();
    short(10_f64.powf(low * (1.0 - at) + high * at), 3)
}
