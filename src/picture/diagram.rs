//! What the picture of a graph shows: plain data, made from a graph and its numbers.

use crate::autodiff::{Graph, Sweep};
use crate::number::short;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A column of the data.
    Data,
    /// A parameter.
    Parameter,
    /// A number of the program.
    Constant,
    /// An operation.
    Operation,
}

/// A node of a graph, as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What stands in the node: a name or an operation's symbol.
    pub label: String,
    /// The name of an operation's result.
    pub name: Option<String>,
    /// What it is.
    pub kind: Kind,
    /// The value after a forward pass.
    pub value: Option<f64>,
    /// The gradient after a backward pass.
    pub gradient: Option<f64>,
    /// The edges that come in.
    pub inputs: Vec<Edge>,
}

/// An edge, named by where it comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// The node whose value it carries.
    pub from: usize,
    /// What flows back along it: the gradient behind it times the local derivative.
    pub gradient: Option<f64>,
}

/// A graph to draw: inputs come before the node that uses them, and the last node is the output.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagram {
    /// The nodes.
    pub nodes: Vec<Node>,
}

impl Diagram {
    /// The diagram of a graph with the numbers of a forward and a backward pass; the graph's first
    /// `columns` variables are data, the others are parameters.
    #[must_use]
    pub fn new(graph: &Graph, sweep: &Sweep, columns: usize) -> Self {
        let used = graph.used();
        let node = |index: usize| Node {
            label: label(graph, index),
            name: graph.operation(index).and(graph.name(index)).map(pretty),
            kind: kind(graph, index, columns),
            value: Some(sweep.values[index]),
            gradient: used[index].then_some(sweep.gradients[index]),
            inputs: edges(graph, sweep, index, used[index]),
        };
        Self { nodes: (0..graph.len()).map(node).collect() }
    }
}

fn label(graph: &Graph, index: usize) -> String {
    match (graph.operation(index), graph.name(index)) {
        (Some(operation), _) => operation.symbol(),
        (None, Some(name)) => pretty(name),
        (None, None) => short(graph.constants()[index - graph.variables().len()]),
    }
}

fn kind(graph: &Graph, index: usize, columns: usize) -> Kind {
    match index {
        index if index >= graph.leaves() => Kind::Operation,
        index if index >= graph.variables().len() => Kind::Constant,
        index if index >= columns => Kind::Parameter,
        _ => Kind::Data,
    }
}

fn edges(graph: &Graph, sweep: &Sweep, index: usize, used: bool) -> Vec<Edge> {
    let locals = graph.local_derivatives(index, &sweep.values);
    let inputs = graph.inputs(index).iter().zip(locals);
    let edge = |(&from, local)| Edge { from: from as usize, gradient: used.then_some(sweep.gradients[index] * local) };
    inputs.map(edge).collect()
}

/// A name as mathematics writes it.
fn pretty(name: &str) -> String {
    if name == "y_hat" { "ŷ".to_owned() } else { name.to_owned() }
}
