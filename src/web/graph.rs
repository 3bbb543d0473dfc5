//! The graph of a lesson, as numbers and as a picture.

use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::object::{Nodes, nodes};
use super::paper::Paper;
use super::theme::Theme;
use crate::picture::{Diagram, DiagramError, draw_graph, extent, layout};

/// The place after the last phase: everything is known.
const WHOLE: usize = usize::MAX;

#[wasm_bindgen]
impl Lesson {
    /// The graph's nodes at a step, with the numbers that are known at a phase.
    pub fn nodes(&self, step: usize, phase: usize) -> Nodes {
        match self.has_tensors() {
            true => self.tensor_nodes(step, phase),
            false => nodes(self.model.graph(), &self.moment(step), self.phase(phase)),
        }
    }

    /// Why the graph has no picture, if it has none.
    #[wasm_bindgen(getter, js_name = graphProblem)]
    pub fn graph_problem(&self) -> Option<String> {
        self.laid_out().err().map(|error| error.to_string())
    }

    /// The least width in CSS pixels at which the graph's text keeps its size.
    #[wasm_bindgen(getter, js_name = graphWidth)]
    pub fn graph_width(&self) -> f64 {
        self.laid_out().map_or(0.0, |diagram| extent(&diagram).least_width)
    }

    /// The height in CSS pixels that the graph fills at a width.
    #[wasm_bindgen(js_name = graphHeight)]
    pub fn graph_height(&self, width: f64) -> f64 {
        self.laid_out().map_or(0.0, |diagram| extent(&diagram).height_at(width))
    }

    /// The node at a place of the graph's picture, in CSS pixels.
    #[wasm_bindgen(js_name = nodeAt)]
    pub fn node_at(&self, x: f64, y: f64, width: f64, height: f64) -> Option<usize> {
        let layout = layout(&self.laid_out().ok()?, width, height);
        layout.nodes.iter().position(|bounds| bounds.contains((x, y)))
    }

    /// Draws the graph with the numbers of a step up to a phase, unless there is a `graphProblem`.
    #[wasm_bindgen(js_name = drawGraph)]
    pub fn draw_graph(&self, paper: Paper, theme: &Theme, step: usize, phase: usize) -> Result<String, JsError> {
        let Ok(diagram) = self.diagram(step, phase) else { return Ok(String::new()) };
        paper.draw(theme, |area| draw_graph(area, &diagram, &theme.0))
    }
}

impl Lesson {
    /// A diagram for its layout, which does not depend on the numbers.
    fn laid_out(&self) -> Result<Diagram, DiagramError> {
        if self.has_tensors() { self.blank_diagram() } else { self.diagram(0, WHOLE) }
    }

    fn diagram(&self, step: usize, phase: usize) -> Result<Diagram, DiagramError> {
        if self.has_tensors() {
            return self.tensor_diagram(step, phase);
        }
        Diagram::at(self.model.graph(), &self.moment(step), self.model.inputs().len(), self.phase(phase))
    }
}
