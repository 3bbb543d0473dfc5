//! The computational graph with values above its edges and gradients below.

mod columns;
mod diagram;
mod folded;
mod heat;
mod layers;
mod layout;
mod legend;
mod operations;
mod program;
mod route;
mod rows;
mod skeleton;

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;

pub use self::diagram::{Diagram, DiagramError, Input, Kind, MAX_EDGES, MAX_NODES, Node, Pass};
use self::heat::Tiles;
pub use self::layout::{EdgeBox, Extent, Layout, extent, layout};
use self::legend::Scales;
pub use self::legend::Span;
use self::skeleton::{SYMBOL, TEXT};
use super::geometry::{Bounds, Point};
use super::label::{number_within, shortened, text_width};
use super::pen::{Lettering, Pen};
use super::{Area, Drawn, Theme};
use crate::number::short;

/// Draws a computational graph over the whole area.
///
/// # Errors
/// Those of the backend.
pub fn draw_graph<DB: DrawingBackend>(area: &Area<DB>, diagram: &Diagram, theme: &Theme) -> Drawn<DB> {
    let (width, height) = Pen::new(area, theme).size();
    draw_layout(area, diagram, &layout(diagram, width, height), theme)
}

/// Draws a computational graph with a layout from [`layout`], so that the same graph can be drawn
/// many times with other numbers.
///
/// # Errors
/// Those of the backend.
pub fn draw_layout<DB: DrawingBackend>(
    area: &Area<DB>,
    diagram: &Diagram,
    layout: &Layout,
    theme: &Theme,
) -> Drawn<DB> {
    let pen = Pen::new(area, theme);
    pen.clear(theme.background)?;
    let scales = Scales::of(diagram, theme);
    let graph = Graph { pen, theme, diagram, zoom: layout.zoom, scales };
    layout.edges.iter().try_for_each(|edge| graph.draw_edge(edge))?;
    let nodes = diagram.nodes().iter().zip(&layout.nodes);
    nodes.into_iter().try_for_each(|(node, bounds)| graph.draw_node(node, bounds))?;
    graph.scales.draw(&graph.pen, theme)
}

/// The font size of a product relative to that of a single number.
const PRODUCT: f64 = 0.8;

/// Upstream times local, while it is being passed on: `−2 · 1 = −2`.
fn product(input: &Input) -> Option<String> {
    let [upstream, local] = input.factors?;
    let [upstream, local, product] = [upstream, local, upstream * local].map(|number| short(number, 3));
    Some(format!("{upstream} · {local} = {product}"))
}

/// Everything that is needed to draw a graph.
struct Graph<'a, DB: DrawingBackend> {
    pen: Pen<'a, DB>,
    theme: &'a Theme,
    diagram: &'a Diagram,
    zoom: f64,
    scales: Scales,
}

impl<DB: DrawingBackend> Graph<'_, DB> {
    fn draw_edge(&self, edge: &EdgeBox) -> Drawn<DB> {
        let node = &self.diagram.nodes()[edge.from];
        let input = edge.to.map(|(node, input)| &self.diagram.nodes()[node].inputs[input]);
        let gradient = input.map_or(node.gradient, |input| input.gradient);
        self.draw_arrow(&edge.path)?;
        self.draw_name(node, edge.name.as_ref())?;
        if let Some(tiles) = Tiles::of(&node.shape) {
            return self.draw_tensor(&tiles, node, input, edge);
        }
        self.draw_number(node.value, &edge.value, self.theme.value)?;
        if let Some(product) = input.and_then(product).filter(|text| self.fits(text, &edge.gradient)) {
            let lettering = self.lettering(TEXT * PRODUCT, self.theme.gradient);
            return self.pen.text(&product, edge.gradient.center(), lettering);
        }
        self.draw_number(gradient, &edge.gradient, self.theme.gradient)
    }

    /// The forward values above the edge, and the gradients below.
    fn draw_tensor(&self, tiles: &Tiles, node: &Node, input: Option<&Input>, edge: &EdgeBox) -> Drawn<DB> {
        let pairs = [
            (&edge.value, node.numbers.as_slice(), &self.scales.values),
            (&edge.gradient, input.map_or(&[][..], |input| &input.numbers), &self.scales.gradients),
        ];
        for (place, numbers, scale) in pairs {
            if !numbers.is_empty() {
                self.pen.frame(place, self.theme.grid)?;
                heat::draw(&self.pen, tiles, (place, self.zoom), numbers, scale)?;
            }
        }
        Ok(())
    }

    fn fits(&self, text: &str, place: &Bounds) -> bool {
        text_width(text, TEXT * PRODUCT * self.zoom) <= place.width()
    }

    /// The line of an edge up to the middle of its arrowhead, and the head.
    fn draw_arrow(&self, path: &[Point]) -> Drawn<DB> {
        let Some((&(x, y), line)) = path.split_last() else {
            return Ok(());
        };
        let (length, half) = (8.0 * self.zoom, 3.5 * self.zoom);
        let mut line: Vec<_> = line.iter().copied().filter(|point| point.0 < x - length).collect();
        line.push((x - length / 2.0, y));
        self.pen.line(&line, self.theme.muted, 1.5 * self.zoom)?;
        let head = [(x, y), (x - length, y - half), (x - length, y + half)];
        self.pen.shape(&head, self.theme.muted)
    }

    fn draw_name(&self, node: &Node, place: Option<&Bounds>) -> Drawn<DB> {
        let (Some(name), Some(place)) = (&node.name, place) else {
            return Ok(());
        };
        let lettering = Lettering { italic: true, ..self.lettering(TEXT, self.theme.ink) };
        self.pen.text(&shortened(name), place.center(), lettering)
    }

    /// A number with as many digits as fit; the place of a number that is not computed yet stays
    /// empty.
    fn draw_number(&self, number: Option<f64>, place: &Bounds, color: RGBColor) -> Drawn<DB> {
        let Some(number) = number else { return Ok(()) };
        let size = TEXT * self.zoom;
        let text = number_within(number, size, place.width());
        let fitting = (place.width() / text_width(&text, size)).min(1.0);
        self.pen.text(&text, place.center(), self.lettering(TEXT * fitting, color))
    }

    fn draw_node(&self, node: &Node, bounds: &Bounds) -> Drawn<DB> {
        let (ink, outline) = match node.kind {
            Kind::Parameter => (self.theme.parameter, self.theme.parameter),
            Kind::Constant => (self.theme.ink, self.theme.surface),
            Kind::Data | Kind::Operation => (self.theme.ink, self.theme.muted),
        };
        if let Some(pass) = node.work {
            self.draw_halo(bounds, pass)?;
        }
        self.draw_shape(node.kind, bounds, outline)?;
        let text = shortened(&node.label);
        self.pen.text(&text, bounds.center(), self.lettering(SYMBOL, ink))?;
        if node.kind == Kind::Parameter {
            self.draw_underline(&text, bounds.center())?;
        }
        Ok(())
    }

    /// A second outline around the active operation, in the colour of the quantity that it
    /// computes.
    fn draw_halo(&self, bounds: &Bounds, pass: Pass) -> Drawn<DB> {
        let rim = 4.0 * self.zoom;
        let around = Bounds {
            left: bounds.left - rim,
            top: bounds.top - rim,
            right: bounds.right + rim,
            bottom: bounds.bottom + rim,
        };
        let color = match pass {
            Pass::Forward => self.theme.value,
            Pass::Backward => self.theme.gradient,
        };
        self.pen.rounded(&around, around.height() / 2.0, self.theme.background, color)
    }

    /// Leaves are boxes with round corners; operations are circles, or longer for long names.
    fn draw_shape(&self, kind: Kind, bounds: &Bounds, outline: RGBColor) -> Drawn<DB> {
        let round = bounds.height() / 2.0;
        let inside = self.theme.surface;
        match kind {
            Kind::Operation if bounds.width() - bounds.height() < 0.5 => {
                self.pen.dot(bounds.center(), round, inside)?;
                self.pen.ring(bounds.center(), round, outline, 1.5 * self.zoom)
            }
            Kind::Operation => self.pen.rounded(bounds, round, inside, outline),
            _ => self.pen.rounded(bounds, 6.0 * self.zoom, inside, outline),
        }
    }

    fn draw_underline(&self, text: &str, (x, y): Point) -> Drawn<DB> {
        let half = text_width(text, SYMBOL * self.zoom) / 2.0;
        let line = [(x - half, y + 9.0 * self.zoom), (x + half, y + 9.0 * self.zoom)];
        self.pen.line(&line, self.theme.parameter, 1.5 * self.zoom)
    }

    fn lettering(&self, size: f64, color: RGBColor) -> Lettering {
        Lettering::centered(size * self.zoom, color)
    }
}
