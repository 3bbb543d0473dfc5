//! Teaching pictures, drawn on any plotters backend.
//!
//! The module takes plain data and does not depend on a browser:
//!
//! - [`draw_curve`] draws the loss over the steps of a run from a [`Curve`];
//! - [`draw_graph`] draws the computational graph from a [`Diagram`], with the forward value above
//!   and the gradient below every edge; [`layout`] gives the same geometry as numbers;
//! - [`draw_plane`] draws a [`Plane`]: lines and dots of two quantities, such as the landscape of a
//!   loss ([`landscape_plane`]) or the fit of a model ([`fit_plane`]);
//! - [`svg()`] returns any of them as text.
//!
//! Everything is measured in CSS pixels; [`Theme::scale`] says how many drawing units one of them
//! has. Only finite numbers reach plotters: a curve's other numbers are removed before anything is drawn.
//!
//! ```
//! use downhill::picture::{Curve, Theme, draw_curve, svg};
//!
//! let theme = Theme::light();
//! let curve = Curve::of(&[4.0, 1.0, 0.25]);
//! let text = svg(300, 180, &theme, |area| draw_curve(area, &curve, &theme))?;
//! assert!(text.starts_with("<svg"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod axis;
mod curve;
mod geometry;
mod graph;
mod label;
mod pen;
mod plane;
mod scenes;
mod svg;
mod theme;

pub use axis::Scale;
pub use curve::{Curve, Ghost, draw_curve, thinned};
pub use geometry::{Bounds, Point};
pub use graph::{
    Diagram, DiagramError, EdgeBox, Extent, Input, Kind, Layout, MAX_EDGES, MAX_NODES, Node, Span, draw_graph,
    draw_layout, extent, layout,
};
pub use plane::{Bands, Ink, Plane, Shape, draw_plane, draw_shapes, frame_of, mixed, value_at};
pub use scenes::{atlas_plane, fate_colour, fit_plane, landscape_plane};
pub use svg::{Sheet, headed, sheet, svg};
pub use theme::Theme;

/// A colour: red, green and blue from 0 to 255.
pub use plotters::style::RGBColor;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::DrawingBackend;

/// The part of a surface that a picture fills, in drawing units.
pub type Area<DB> = DrawingArea<DB, Shift>;

/// The result of drawing: nothing, or the error of the backend.
pub type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;
