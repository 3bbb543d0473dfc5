//! The diagram of a program's graph, with the numbers of one sample.

use super::{Diagram, DiagramError, Input, Kind, Node};
use crate::autodiff::{Graph, Sweep};
use crate::number::short;

impl Diagram {
    /// The diagram of a graph after a forward and a backward pass. The graph's first `columns`
    /// variables are data, its others are parameters.
    ///
    /// # Errors
    /// When the graph has more nodes or edges than a picture can show.
    pub fn of(graph: &Graph, sweep: &Sweep, columns: usize) -> Result<Self, DiagramError> {
        let used = graph.used();
        let node = |index: usize| Node {
            label: label(graph, index),
            name: graph.operation(index).and(graph.name(index)).map(pretty),
            kind: kind(graph, index, columns),
            value: Some(sweep.values[index]),
            gradient: used[index].then_some(sweep.gradients[index]),
            inputs: inputs(graph, sweep, index, used[index]),
        };
        Self::new((0..graph.len()).map(node).collect())
    }
}

fn label(graph: &Graph, index: usize) -> String {
    match (graph.operation(index), graph.name(index)) {
        (Some(operation), _) => operation.symbol(),
        (None, Some(name)) => pretty(name),
        (None, None) => short(graph.constants()[index - graph.variables().len()], 4),
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

/// What flows back along an edge is the gradient of its node times the local derivative.
fn inputs(graph: &Graph, sweep: &Sweep, index: usize, used: bool) -> Vec<Input> {
    let locals = graph.local_derivatives(index, &sweep.values);
    let edges = graph.inputs(index).iter().zip(locals);
    let gradient = |local| used.then_some(sweep.gradients[index] * local);
    edges.map(|(&from, local)| Input { from: from as usize, gradient: gradient(local) }).collect()
}

/// A name as mathematics writes it.
fn pretty(name: &str) -> String {
    if name == "y_hat" { "ŷ".to_owned() } else { name.to_owned() }
}
