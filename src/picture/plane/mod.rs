//! Two quantities against each other: lines and dots in a frame, over bands of a third.

mod bands;
mod frame;
mod plot;

use plotters::prelude::DrawingBackend;

pub use self::bands::{Bands, mixed};
use self::frame::Frame;
use self::plot::Plot;
use super::axis::Axis;
use super::geometry::{Bounds, Point};
use super::pen::Pen;
use super::{Area, Drawn, Theme};

/// The colour of a shape: that of its quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Forward values, losses, predictions.
    Value,
    /// Gradients and slopes.
    Gradient,
    /// Parameters and their path.
    Parameter,
    /// The learning rate, and a step that it scales.
    LearningRate,
    /// Data.
    Data,
}

/// What is drawn in the frame, in the units of its axes.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A line through points, with a width in CSS pixels; it is cut at the frame and at numbers
    /// that are not finite.
    Line(Vec<Point>, Ink, f64),
    /// Dots with a radius in CSS pixels.
    Dots(Vec<Point>, Ink, f64),
    /// The place of the moment.
    Mark(Point, Ink),
    /// The place after the moment.
    Ring(Point, Ink),
    /// A line with a head at its second point.
    Arrow(Point, Point, Ink),
    /// A dashed line up or down.
    Dashes(Point, Point, Ink),
}

/// Two quantities against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// The name of the horizontal axis.
    pub horizontal: String,
    /// The name of the vertical axis.
    pub vertical: String,
    /// The numbers at the ends of the horizontal axis: finite, the smaller one first.
    pub across: (f64, f64),
    /// The same for the vertical axis.
    pub up: (f64, f64),
    /// Whether the horizontal axis is labelled with powers of ten; its numbers are the exponents.
    pub logarithmic: bool,
    /// The bands behind the shapes.
    pub bands: Option<Bands>,
    /// The shapes, in the order in which they are drawn.
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

/// The numbers at a place of the picture of this size, in CSS pixels; for a place outside the plot,
/// those at its border. Nothing if the picture is too small for a plot.
#[must_use]
pub fn value_at(plane: &Plane, size: Point, (x, y): Point) -> Option<Point> {
    let Frame { bounds, across, up, .. } = Frame::of(plane, size)?;
    let part = |place: f64, from: f64, to: f64| ((place - from) / (to - from)).clamp(0.0, 1.0);
    let between = |axis: Axis, part: f64| axis.ends().0 * (1.0 - part) + axis.ends().1 * part;
    Some((between(across, part(x, bounds.left, bounds.right)), between(up, part(y, bounds.bottom, bounds.top))))
}
