//! The columns of a graph: nodes and, between them, the labels of edges.
//!
//! Labels are in separate columns, each with its own place, so that in any graph they cannot
//! overlap each other, nodes or passing edges.

use super::super::label::{shortened, text_width};
use super::diagram::Diagram;
use super::heat::Tiles;
use super::layers::{Cell, Layers, layers};
use super::rows::{Link, Vertex, heights};

/// Font size of the numbers and names at edges.
pub(super) const TEXT: f64 = 13.0;
/// Font size of a node's label.
pub(super) const SYMBOL: f64 = 15.0;
/// The height of a line of text at an edge.
pub(super) const LINE: f64 = 16.0;
/// The distance between an edge and the text above or below it.
pub(super) const CLEAR: f64 = 2.0;
/// The diameter of an operation, and the least width and the height of a leaf.
const NODE: f64 = 32.0;
/// The weight of an edge that is kept horizontal, relative to other edges.
const LEVEL: f64 = 1e4;
/// Half of the gap between vertices of a column.
const HALF_GAP: f64 = 5.0;

/// The content of a place in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A node.
    Node(usize),
    /// The label of an edge, by its index in [`Skeleton::edges`].
    Label(usize),
    /// A passing edge, without a label.
    Pass,
}

/// An edge from a node to an input of another, or the edge that leaves the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edge {
    /// The node that the value comes from.
    pub from: usize,
    /// The node and the number of its input; `None` for the edge that leaves the output.
    pub to: Option<(usize, usize)>,
    /// The vertex of its label.
    pub label: usize,
}

/// Columns of vertices with their heights, without the horizontal positions of the columns.
#[derive(Debug, Default)]
pub(super) struct Skeleton {
    /// The kind of each vertex.
    pub roles: Vec<Role>,
    /// Node columns at even indices, label columns at odd ones; each from top to bottom.
    pub columns: Vec<Vec<usize>>,
    /// The left and the right vertex of each connection between neighbouring columns.
    pub links: Vec<(usize, usize)>,
    /// All edges, that of the output last.
    pub edges: Vec<Edge>,
    /// The height of each vertex; the top of the highest item is 0.
    pub heights: Vec<f64>,
    /// The height of the whole graph, from the top of the highest item to the bottom of the lowest.
    pub height: f64,
    /// The width of each node's box.
    pub widths: Vec<f64>,
}

impl Skeleton {
    /// The skeleton of a diagram.
    pub fn of(diagram: &Diagram) -> Self {
        let widths = diagram.nodes().iter().map(|node| node_width(&node.label)).collect();
        let mut skeleton = Self { widths, ..Self::default() };
        skeleton.connect(diagram, &layers(diagram));
        skeleton.set_heights(diagram);
        skeleton
    }

    /// Makes the columns and the links between them, from left to right.
    fn connect(&mut self, diagram: &Diagram, layers: &Layers) {
        let mut carriers = vec![usize::MAX; diagram.nodes().len()];
        for (depth, cells) in layers.iter().enumerate() {
            let mut arrivals = Vec::with_capacity(cells.len());
            if depth > 0 {
                self.columns.push(Vec::new());
                arrivals.extend(cells.iter().map(|&cell| self.arrive(diagram, cell, &carriers)));
            }
            self.columns.push(Vec::new());
            for (k, &cell) in cells.iter().enumerate() {
                let vertex = self.add(match cell {
                    Cell::Node(node) => Role::Node(node),
                    Cell::Pass(_) => Role::Pass,
                });
                let labels = arrivals.get(k).into_iter().flatten();
                self.links.extend(labels.map(|&label| (label, vertex)));
                carriers[cell.source()] = vertex;
            }
        }
        self.add_stub(diagram, &carriers);
    }

    /// Adds the vertices before a cell to the label column: the labels of a node's inputs in order,
    /// or the passing edge.
    fn arrive(&mut self, diagram: &Diagram, cell: Cell, carriers: &[usize]) -> Vec<usize> {
        match cell {
            Cell::Pass(source) => vec![self.add_after(Role::Pass, carriers[source])],
            Cell::Node(node) => (0..diagram.nodes()[node].inputs.len())
                .map(|k| {
                    let from = diagram.nodes()[node].inputs[k].from;
                    self.add_label(from, Some((node, k)), carriers[from])
                })
                .collect(),
        }
    }

    /// The edge that leaves the output.
    fn add_stub(&mut self, diagram: &Diagram, carriers: &[usize]) {
        if let Some(output) = diagram.nodes().len().checked_sub(1) {
            self.columns.push(Vec::new());
            self.add_label(output, None, carriers[output]);
        }
    }

    fn add_label(&mut self, from: usize, to: Option<(usize, usize)>, carrier: usize) -> usize {
        let label = self.add_after(Role::Label(self.edges.len()), carrier);
        self.edges.push(Edge { from, to, label });
        label
    }

    fn add_after(&mut self, role: Role, left: usize) -> usize {
        let vertex = self.add(role);
        self.links.push((left, vertex));
        vertex
    }

    fn add(&mut self, role: Role) -> usize {
        self.roles.push(role);
        if let Some(column) = self.columns.last_mut() {
            column.push(self.roles.len() - 1);
        }
        self.roles.len() - 1
    }

    fn set_heights(&mut self, diagram: &Diagram) {
        let vertices: Vec<_> = self.roles.iter().map(|&role| self.vertex(diagram, role)).collect();
        let links = self.weighed_links(diagram);
        self.heights = heights(&self.columns, &vertices, &links);
        let reach = |sign: f64, reach: fn(&Vertex) -> f64| {
            let edges = self.heights.iter().zip(&vertices).map(|(h, v)| sign * h + reach(v));
            edges.fold(f64::NEG_INFINITY, f64::max)
        };
        let (top, bottom) = (reach(-1.0, |v| v.up), reach(1.0, |v| v.down));
        self.height = (top + bottom).max(0.0);
        self.heights.iter_mut().for_each(|height| *height += top);
    }

    /// How far items extend above and below their height, including half the gap to the next.
    fn vertex(&self, diagram: &Diagram, role: Role) -> Vertex {
        let (up, down) = match role {
            Role::Node(_) => (NODE / 2.0, NODE / 2.0),
            Role::Label(edge) => {
                let name = if name_of(diagram, &self.edges[edge]).is_some() { LINE } else { 0.0 };
                let text = text_height(diagram, &self.edges[edge]);
                (CLEAR + text + name, CLEAR + text)
            }
            Role::Pass => (1.0, 1.0),
        };
        Vertex { up: up + HALF_GAP, down: down + HALF_GAP }
    }

    /// The links with their weights; those that should be horizontal have a large one.
    fn weighed_links(&self, diagram: &Diagram) -> Vec<Link> {
        let mut fans = vec![0; self.roles.len()];
        self.links.iter().for_each(|&(left, _)| fans[left] += 1);
        let weigh = |&(left, right): &(usize, usize)| {
            let level = match (self.roles[left], self.roles[right]) {
                (Role::Label(edge), _) => self.is_main(diagram, &self.edges[edge]),
                (Role::Pass, Role::Pass) => true,
                _ => fans[left] == 1,
            };
            Link { left, right, weight: if level { LEVEL } else { 1.0 } }
        };
        self.links.iter().map(weigh).collect()
    }

    /// Whether the edge carries the node's only operand, or the only operand that is not a leaf.
    fn is_main(&self, diagram: &Diagram, edge: &Edge) -> bool {
        let Some((node, _)) = edge.to else {
            return true;
        };
        let nodes = diagram.nodes();
        let is_leaf = |k: usize| nodes[k].inputs.is_empty();
        let inputs = &nodes[node].inputs;
        let computed = inputs.iter().filter(|input| !is_leaf(input.from)).count();
        inputs.len() == 1 || computed == 1 && !is_leaf(edge.from)
    }
}

/// The tiles of the tensor that an edge carries.
pub(super) fn tiles_of(diagram: &Diagram, edge: &Edge) -> Option<Tiles> {
    Tiles::of(&diagram.nodes()[edge.from].shape)
}

/// The height of what stands above an edge, and below it: a line of text, or a heat map.
pub(super) fn text_height(diagram: &Diagram, edge: &Edge) -> f64 {
    tiles_of(diagram, edge).map_or(LINE, |tiles| tiles.extent().1)
}

/// The name of an edge: the name of the operation that it comes from.
pub(super) fn name_of(diagram: &Diagram, edge: &Edge) -> Option<String> {
    diagram.nodes()[edge.from].name.as_deref().map(shortened)
}

/// The width of a node's box: a circle if the label fits into one, otherwise wider than high.
fn node_width(label: &str) -> f64 {
    let text = text_width(&shortened(label), SYMBOL);
    if text < NODE - 6.0 { NODE } else { text + 16.0 }
}

/// The height of a node's box.
pub(super) const NODE_HEIGHT: f64 = NODE;
