//! The computational graph, with the forward value above and the backward value below every edge.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

use super::layout::{Layout, RADIUS, Route};
use super::pen::{CHARACTER, Drawn, Pen, Point};
use super::{Diagram, Kind, Node, Theme};
use crate::number::short;

const MIDDLE: (HPos, VPos) = (HPos::Center, VPos::Center);

/// Draws a graph over the whole area, as the deck does: forward values above the edges, gradients
/// below. A number that is not computed yet is an empty place.
///
/// # Errors
/// When the backend can't draw.
pub fn draw_graph<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, diagram: &Diagram, theme: &Theme) -> Drawn<DB> {
    let pen = Pen::new(area, theme);
    let layout = Layout::new(diagram, pen.size());
    for route in &layout.edges {
        pen.path(&route.points, theme.muted, 1.0)?;
    }
    for route in &layout.edges {
        draw_numbers(&pen, diagram, route, theme)?;
    }
    for (node, &at) in diagram.nodes.iter().zip(&layout.nodes) {
        draw_node(&pen, node, at, theme)?;
    }
    Ok(())
}

fn draw_numbers<DB: DrawingBackend>(pen: &Pen<'_, DB>, diagram: &Diagram, route: &Route, theme: &Theme) -> Drawn<DB> {
    let source = &diagram.nodes[route.from];
    let gradient = match route.to {
        Some((to, input)) => diagram.nodes[to].inputs[input].gradient,
        None => source.gradient,
    };
    let (x, y) = route.label;
    if let Some(value) = source.value {
        pen.text(&short(value), (x, y - 4.0), (HPos::Center, VPos::Bottom), theme.value)?;
    }
    if let Some(gradient) = gradient {
        pen.text(&short(gradient), (x, y + 4.0), (HPos::Center, VPos::Top), theme.gradient)?;
    }
    Ok(())
}

fn draw_node<DB: DrawingBackend>(pen: &Pen<'_, DB>, node: &Node, at: Point, theme: &Theme) -> Drawn<DB> {
    let colour = match node.kind {
        Kind::Parameter => theme.parameter,
        _ => theme.ink,
    };
    match node.kind {
        Kind::Operation => pen.circle(at, RADIUS, colour)?,
        _ => pen.square(at, RADIUS, colour)?,
    }
    pen.text(&node.label, at, MIDDLE, colour)?;
    if node.kind == Kind::Parameter {
        let half = node.label.chars().count() as f64 * CHARACTER / 2.0;
        pen.path(&[(at.0 - half, at.1 + 8.0), (at.0 + half, at.1 + 8.0)], colour, 1.0)?;
    }
    match &node.name {
        Some(name) => pen.text(name, (at.0, at.1 + RADIUS + 2.0), (HPos::Center, VPos::Top), theme.ink),
        None => Ok(()),
    }
}
