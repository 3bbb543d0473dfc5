//! The diagram of a program's graph, with the numbers of one sample.

use super::{Diagram, DiagramError, Input, Kind, MAX_NODES, Node, Pass};
use crate::autodiff::{Graph, Phase, Progress, Sweep};
use crate::number::short;

impl Diagram {
    /// The diagram of a graph after a forward and a backward pass; each line of a large program is
    /// folded into one node. The graph's first `columns` variables are data, its others are
    /// parameters.
    ///
    /// # Errors
    /// When the graph has more nodes or edges than a picture can show.
    pub fn of(graph: &Graph, sweep: &Sweep, columns: usize) -> Result<Self, DiagramError> {
        Self::at(graph, sweep, columns, Phase::Update)
    }

    /// The same at a phase of the sample: numbers that are not computed yet are left out, and the
    /// active operation is marked.
    ///
    /// # Errors
    /// Those of [`Diagram::of`].
    pub fn at(graph: &Graph, sweep: &Sweep, columns: usize, phase: Phase) -> Result<Self, DiagramError> {
        let progress = graph.progress(sweep, phase);
        if graph.len() > MAX_NODES {
            return Self::folded(graph, &progress, columns);
        }
        let node = |index: usize| Node {
            label: label(graph, index),
            name: graph.operation(index).and(graph.name(index)).map(pretty),
            kind: kind(graph, index, columns),
            value: progress.values[index],
            gradient: progress.gradients[index],
            inputs: inputs(graph, sweep, index, &progress),
            work: (progress.node == Some(index)).then_some(match phase {
                Phase::Forward(_) => Pass::Forward,
                _ => Pass::Backward,
            }),
            shape: Vec::new(),
            numbers: Vec::new(),
            gradient_is_known: false,
        };
        Self::new((0..graph.len()).map(node).collect())
    }
}

pub(super) fn label(graph: &Graph, index: usize) -> String {
    match (graph.operation(index), graph.name(index)) {
        (Some(operation), _) => operation.symbol(),
        (None, Some(name)) => pretty(name),
        (None, None) => short(graph.constants()[index - graph.variables().len()], 4),
    }
}

pub(super) fn kind(graph: &Graph, index: usize, columns: usize) -> Kind {
    match index {
        index if index >= graph.leaves() => Kind::Operation,
        index if index >= graph.variables().len() => Kind::Constant,
        index if index >= columns => Kind::Parameter,
        _ => Kind::Data,
    }
}

/// The gradient that flows back along an edge is the gradient of its node times the local
/// derivative.
fn inputs(graph: &Graph, sweep: &Sweep, index: usize, progress: &Progress) -> Vec<Input> {
    let locals = graph.local_derivatives(index, &sweep.values);
    let edges = graph.inputs(index).iter().zip(locals);
    let upstream = progress.gradients[index].filter(|_| progress.passed[index]);
    let passing = progress.node == Some(index);
    let input = |(&from, local)| Input {
        from: from as usize,
        gradient: upstream.map(|own| own * local),
        factors: upstream.filter(|_| passing).map(|own| [own, local]),
        numbers: Vec::new(),
    };
    edges.map(input).collect()
}

/// A name in mathematical notation.
pub(super) fn pretty(name: &str) -> String {
    if name == "y_hat" { "ŷ".to_owned() } else { name.to_owned() }
}
