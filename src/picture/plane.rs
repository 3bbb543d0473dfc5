//! Two quantities against each other: lines and dots in a frame, over bands of a third.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use super::axis::{Axis, Tick};
use super::geometry::{Bounds, Point};
use super::label::{shortened, text_width};
use super::pen::{Lettering, Pen};
use super::{Area, Drawn, Theme};
use crate::number::short;

/// Smaller pictures have no room for axes.
const SMALLEST: Point = (140.0, 120.0);
/// From this width on the text is a size larger.
const WIDE: f64 = 480.0;
/// The rows above and below the plot.
const ABOVE: f64 = 26.0;
const BELOW: f64 = 26.0;
/// The largest number at an end of an axis, and the narrowest axis beside its numbers.
const HUGE: f64 = 1e300;
const NARROWEST: f64 = 1e-9;
/// How close ticks may come, across and down.
const CLOSEST: Point = (60.0, 34.0);

/// The colour of a shape: that of its quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Forward values, losses, predictions.
    Value,
    /// Gradients and slopes.
    Gradient,
    /// Parameters and their path.
    Parameter,
    /// Data.
    Data,
}

/// What is drawn in the frame, in the units of its axes.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line through points, of a width in CSS pixels; cut at the frame, and where a number is not
    /// finite.
    Line(Vec<Point>, Ink, f64),
    /// Dots of a radius in CSS pixels.
    Dots(Vec<Point>, Ink, f64),
    /// The place of the moment.
    Mark(Point, Ink),
}

/// A third quantity as bands of equal ratios: the darker the larger.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    /// How many cells lie side by side.
    pub columns: usize,
    /// A number for each cell, row by row from below. What is not finite belongs to the last band.
    pub values: Vec<f64>,
}

/// Two quantities against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane<'a> {
    /// The name of the horizontal axis.
    pub horizontal: &'a str,
    /// The name of the vertical axis.
    pub vertical: &'a str,
    /// The numbers at the ends of the horizontal axis: finite, the first one smaller.
    pub across: (f64, f64),
    /// The same for the vertical axis.
    pub up: (f64, f64),
    /// Whether the horizontal axis shows powers of ten: its numbers are their exponents.
    pub logarithmic: bool,
    /// What lies behind the shapes.
    pub bands: Option<Bands>,
    /// From the lowest to the topmost.
    pub shapes: Vec<Shape>,
}

/// Draws a plane over the whole area. An area too small for axes is only cleared.
///
/// # Errors
/// Those of the backend.
pub fn draw_plane<DB: DrawingBackend>(area: &Area<DB>, plane: &Plane, theme: &Theme) -> Drawn<DB> {
    let pen = Pen::new(area, theme);
    pen.clear(theme.background)?;
    let Some(frame) = Frame::of(plane, pen.size()) else { return Ok(()) };
    let plot = Plot { pen, theme, frame };
    if let Some(bands) = &plane.bands {
        plot.draw_bands(bands)?;
    }
    plot.draw_axes(plane)?;
    draw_shapes(area, plane, theme)
}

/// Draws the shapes alone, over whatever lies in the frame.
///
/// # Errors
/// Those of the backend.
pub fn draw_shapes<DB: DrawingBackend>(area: &Area<DB>, plane: &Plane, theme: &Theme) -> Drawn<DB> {
    let pen = Pen::new(area, theme);
    let Some(frame) = Frame::of(plane, pen.size()) else { return Ok(()) };
    let plot = Plot { pen, theme, frame };
    plane.shapes.iter().try_for_each(|shape| plot.draw_shape(shape))
}

/// The frame of a plane in a picture of this size, in CSS pixels.
#[must_use]
pub fn frame_of(plane: &Plane, size: Point) -> Option<Bounds> {
    Frame::of(plane, size).map(|frame| frame.bounds)
}

/// The numbers at a place of the picture of this size, in CSS pixels; those at the border for a
/// place outside of the plot. Nothing where the picture is too small to have one.
#[must_use]
pub fn value_at(plane: &Plane, size: Point, (x, y): Point) -> Option<Point> {
    let Frame { bounds, across, up, .. } = Frame::of(plane, size)?;
    let part = |place: f64, from: f64, to: f64| ((place - from) / (to - from)).clamp(0.0, 1.0);
    let between = |axis: Axis, part: f64| axis.ends().0 * (1.0 - part) + axis.ends().1 * part;
    Some((between(across, part(x, bounds.left, bounds.right)), between(up, part(y, bounds.bottom, bounds.top))))
}

/// The axis of a range. One in which ticks would vanish in rounding is made wider, and one of huge
/// numbers ends where they can still be subtracted.
fn sound((low, high): Point) -> Axis {
    let bounded = |end: f64| if end.is_nan() { 0.0 } else { end.clamp(-HUGE, HUGE) };
    let (low, high) = (bounded(low), bounded(high));
    let least = (NARROWEST * low.abs().max(high.abs())).max(1.0 / HUGE);
    if high - low >= least { Axis::Linear(low, high) } else { Axis::Linear(low - least, low + least) }
}

/// The number at a place of an axis of exponents, with as few digits as tell it.
fn power_of_ten(axis: &Axis, at: f64) -> String {
    let (low, high) = axis.ends();
    short(10_f64.powf(low * (1.0 - at) + high * at), 3)
}

/// The plot's borders, and its ticks in place.
struct Frame {
    bounds: Bounds,
    across: Axis,
    up: Axis,
    font: f64,
    columns: Vec<(f64, String)>,
    levels: Vec<(f64, String)>,
}

impl Frame {
    fn of(plane: &Plane, size: Point) -> Option<Self> {
        if size.0 < SMALLEST.0 || size.1 < SMALLEST.1 {
            return None;
        }
        let font = if size.0 < WIDE { 12.0 } else { 13.0 };
        let [across, up] = [plane.across, plane.up].map(sound);
        let (top, bottom) = (ABOVE, size.1 - BELOW);
        let levels = up.ticks(((bottom - top) / CLOSEST.1).clamp(2.0, 6.0) as usize, 0.0);
        let widest = |ticks: &[Tick]| ticks.iter().map(|tick| text_width(&tick.label, font)).fold(0.0, f64::max);
        let left = (widest(&levels) + 12.0).min(size.0 / 2.0);
        let name = text_width(&shortened(plane.horizontal), font);
        let mut columns = across.ticks(((size.0 - left) / CLOSEST.0).clamp(2.0, 10.0) as usize, 0.0);
        if plane.logarithmic {
            columns.iter_mut().for_each(|tick| tick.label = power_of_ten(&across, tick.at));
        }
        let right = size.0 - (widest(&columns) / 2.0).max(name + 8.0).min(size.0 / 4.0);
        let bounds = Bounds { left, top, right, bottom };
        let mut frame = Self { bounds, across, up, font, columns: Vec::new(), levels: Vec::new() };
        frame.columns = columns.into_iter().map(|tick| (left + tick.at * bounds.width(), tick.label)).collect();
        frame.levels = levels.into_iter().map(|tick| (bottom - tick.at * bounds.height(), tick.label)).collect();
        Some(frame)
    }

    fn place(&self, (x, y): Point) -> Point {
        let Bounds { left, bottom, .. } = self.bounds;
        (left + self.across.at(x) * self.bounds.width(), bottom - self.up.at(y) * self.bounds.height())
    }

    /// The ends of the part of a segment that lies in the frame (Liang and Barsky, 1984).
    fn clipped(&self, from: Point, to: Point) -> Option<(Point, Point)> {
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

    fn contains(&self, (x, y): Point) -> bool {
        let [across, up] = [&self.across, &self.up].map(Axis::ends);
        (across.0..=across.1).contains(&x) && (up.0..=up.1).contains(&y)
    }
}

struct Plot<'a, DB: DrawingBackend> {
    pen: Pen<'a, DB>,
    theme: &'a Theme,
    frame: Frame,
}

impl<DB: DrawingBackend> Plot<'_, DB> {
    fn draw_axes(&self, plane: &Plane) -> Drawn<DB> {
        let (frame, Bounds { left, top, right, bottom }) = (&self.frame, self.frame.bounds);
        for (y, label) in &frame.levels {
            if plane.bands.is_none() {
                self.pen.level((left, right), *y, self.theme.grid)?;
            }
            self.pen.text(label, (left - 8.0, *y), self.lettering(HPos::Right))?;
        }
        self.pen.level((left, right), bottom, self.theme.muted)?;
        self.pen.upright(left, (top, bottom), self.theme.muted)?;
        for (x, label) in &frame.columns {
            self.pen.upright(*x, (bottom, bottom + 4.0), self.theme.muted)?;
            self.pen.text(label, (*x, bottom + 15.0), self.lettering(HPos::Center))?;
        }
        self.pen.text(&shortened(plane.vertical), (4.0, 11.0), self.lettering(HPos::Left))?;
        self.pen.text(&shortened(plane.horizontal), (right + 6.0, bottom), self.lettering(HPos::Left))
    }

    /// Cells of one band side by side are one box, so that there are few of them.
    fn draw_bands(&self, bands: &Bands) -> Drawn<DB> {
        let levels = levels(&bands.values);
        for (row, levels) in levels.chunks(bands.columns).enumerate() {
            let mut start = 0;
            while start < levels.len() {
                let length = levels[start..].iter().take_while(|&&level| level == levels[start]).count();
                self.draw_band(bands, row, (start, start + length), levels[start])?;
                start += length;
            }
        }
        Ok(())
    }

    fn draw_band(&self, bands: &Bands, row: usize, (start, end): (usize, usize), level: f64) -> Drawn<DB> {
        let Bounds { left, bottom, .. } = self.frame.bounds;
        let rows = bands.values.len() / bands.columns;
        let across = |column: usize| left + self.frame.bounds.width() * column as f64 / bands.columns as f64;
        let up = |row: usize| bottom - self.frame.bounds.height() * row as f64 / rows as f64;
        let cell = Bounds { left: across(start), right: across(end), top: up(row + 1), bottom: up(row) };
        self.pen.cell(&cell, mixed(self.theme.background, self.theme.value, 0.04 + 0.5 * level))
    }

    fn draw_shape(&self, shape: &Shape) -> Drawn<DB> {
        match shape {
            Shape::Line(points, ink, width) => self.draw_line(points, self.color(*ink), *width),
            Shape::Dots(points, ink, radius) => points
                .iter()
                .filter(|&&point| self.frame.contains(point))
                .try_for_each(|&point| self.pen.dot(self.frame.place(point), *radius, self.color(*ink))),
            Shape::Mark(point, ink) if self.frame.contains(*point) => {
                let place = self.frame.place(*point);
                self.pen.dot(place, 7.0, self.theme.background)?;
                self.pen.dot(place, 5.0, self.color(*ink))
            }
            Shape::Mark(..) => Ok(()),
        }
    }

    /// Segments that follow each other are one line.
    fn draw_line(&self, points: &[Point], color: RGBColor, width: f64) -> Drawn<DB> {
        let finite = |point: &Point| point.0.is_finite() && point.1.is_finite();
        let mut run: Vec<Point> = Vec::new();
        for pair in points.windows(2).filter(|pair| pair.iter().all(finite)) {
            let Some((from, to)) = self.frame.clipped(pair[0], pair[1]) else { continue };
            let (from, to) = (self.frame.place(from), self.frame.place(to));
            if run.last().is_some_and(|&last| last != from) {
                self.pen.line(&run, color, width)?;
                run.clear();
            }
            if run.is_empty() {
                run.push(from);
            }
            run.push(to);
        }
        if run.len() > 1 { self.pen.line(&run, color, width) } else { Ok(()) }
    }

    fn color(&self, ink: Ink) -> RGBColor {
        match ink {
            Ink::Value => self.theme.value,
            Ink::Gradient => self.theme.gradient,
            Ink::Parameter => self.theme.parameter,
            Ink::Data => self.theme.ink,
        }
    }

    fn lettering(&self, anchor: HPos) -> Lettering {
        Lettering { size: self.frame.font, color: self.theme.muted, anchor, italic: false }
    }
}

/// How many bands there are.
const BANDS: f64 = 14.0;

/// The band of each number, from 0 to 1: equal ratios above the least of them.
fn levels(values: &[f64]) -> Vec<f64> {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    let (least, most) = finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let floor = (most - least) * 1e-4;
    let whole = ((most - least + floor) / floor).ln();
    let level = |value: f64| {
        let part = ((value - least + floor) / floor).ln() / whole;
        if part.is_finite() { (part * BANDS).floor().min(BANDS - 1.0) / (BANDS - 1.0) } else { 1.0 }
    };
    values.iter().map(|&value| level(value)).collect()
}

/// A colour between two, `part` of the way.
#[must_use]
pub fn mixed(from: RGBColor, to: RGBColor, part: f64) -> RGBColor {
    let mix = |from: u8, to: u8| (f64::from(from) * (1.0 - part) + f64::from(to) * part).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
