//! The graph of a lesson, as numbers and as a picture.

use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::object::{Nodes, nodes};
use super::paper::Paper;
use super::theme::Theme;
use crate::picture::{Diagram, DiagramError, draw_graph, extent, layout};

#[wasm_bindgen]
impl Lesson {
    /// The graph's nodes at a step, with the numbers that are known at a phase.
    pub fn nodes(&self, step: usize, phase: usize) -> Nodes {
        nodes(self.model.graph(), &self.moment(step), self.phase(phase))
    }

    /// Why the graph has no picture, if it has none.
    #[wasm_bindgen(getter, js_name = graphProblem)]
    pub fn graph_problem(&self) -> Option<String> {
        self.diagram(0).err().map(|error| error.to_string())
    }

    /// The least width in CSS pixels at which the graph's text keeps its size.
    #[wasm_bindgen(getter, js_name = graphWidth)]
    pub fn graph_width(&self) -> f64 {
        self.diagram(0).map_or(0.0, |diagram| extent(&diagram).least_width)
    }

    /// The height in CSS pixels that the graph fills at a width.
    #[wasm_bindgen(js_name = graphHeight)]
    pub fn graph_height(&self, width: f64) -> f64 {
        self.diagram(0).map_or(0.0, |diagram| extent(&diagram).height_at(width))
    }

    /// The node at a place of the graph's picture, in CSS pixels.
    #[wasm_bindgen(js_name = nodeAt)]
    pub fn node_at(&self, x: f64, y: f64, width: f64, height: f64) -> Option<usize> {
        let layout = layout(&self.diagram(0).ok()?, width, height);
        layout.nodes.iter().position(|bounds| bounds.contains((x, y)))
    }

    /// Draws the graph with the numbers of a step up to a phase, unless there is a `graphProblem`.
    #[wasm_bindgen(js_name = drawGraph)]
    pub fn draw_graph(&self, paper: Paper, theme: &Theme, step: usize, phase: usize) -> Result<String, JsError> {
        let graph = self.model.graph();
        let diagram = Diagram::at(graph, &self.moment(step), self.model.inputs().len(), self.phase(phase));
        let Ok(diagram) = diagram else { return Ok(String::new()) };
        paper.draw(theme, |area| draw_graph(area, &diagram, &theme.0))
    }
}

impl Lesson {
    fn diagram(&self, step: usize) -> Result<Diagram, DiagramError> {
        Diagram::of(self.model.graph(), &self.moment(step), self.model.inputs().len())
    }
}
