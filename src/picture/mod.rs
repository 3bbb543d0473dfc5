//! Teaching pictures: the loss curve and the computational graph, on any plotters backend.
//!
//! A picture is drawn in CSS pixels through a [`Pen`](pen), which turns them into the pixels of the
//! backend. Only finite numbers reach plotters: `series` lets no other through.

mod axis;
mod curve;
mod diagram;
mod graph;
mod layout;
mod pen;
mod series;
mod theme;

use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};

pub use curve::{Curve, Scale, draw_curve};
pub use diagram::{Diagram, Edge, Kind, Node};
pub use graph::draw_graph;
pub use layout::{Layout, natural_size};
pub use theme::Theme;

/// Draws into an SVG of the given size in pixels, and returns its text.
pub fn svg(size: (u32, u32), draw: impl FnOnce(&DrawingArea<SVGBackend<'_>, Shift>)) -> String {
    let mut text = String::new();
    draw(&SVGBackend::with_string(&mut text, size).into_drawing_area());
    text
}
