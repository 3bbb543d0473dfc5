//! A graph that is too large to draw, with each line of its program folded into one node.

use super::{Diagram, DiagramError, Input, MAX_EDGES, MAX_NODES, Node};
use crate::autodiff::{Graph, Progress};

impl Diagram {
    /// The variables and the named lines of a graph; a line's intermediate values are not shown. An
    /// edge has no gradient of its own, because many edges are folded into it.
    ///
    /// # Errors
    /// When there are too many lines too.
    pub(super) fn folded(graph: &Graph, progress: &Progress, columns: usize) -> Result<Self, DiagramError> {
        let shown: Vec<usize> = (0..graph.len()).filter(|&node| graph.name(node).is_some()).collect();
        if shown.len() > MAX_NODES {
            return Err(DiagramError::TooManyNodes(shown.len()));
        }
        let nodes = shown.iter().map(|&node| Node {
            label: if graph.operation(node).is_some() { "ƒ".to_owned() } else { super::program::label(graph, node) },
            name: graph.operation(node).and(graph.name(node)).map(super::program::pretty),
            kind: super::program::kind(graph, node, columns),
            value: progress.values[node],
            gradient: progress.gradients[node],
            inputs: inputs(graph, node, &shown),
            work: None,
            shape: Vec::new(),
            numbers: Vec::new(),
            gradient_is_known: false,
        });
        let nodes: Vec<Node> = nodes.collect();
        let edges = nodes.iter().map(|node| node.inputs.len()).sum();
        if edges > MAX_EDGES { Err(DiagramError::TooManyEdges(edges)) } else { Self::new(nodes) }
    }
}

/// The named nodes that a line uses, directly or through nodes without a name.
fn inputs(graph: &Graph, node: usize, shown: &[usize]) -> Vec<Input> {
    let mut found: Vec<usize> = Vec::new();
    let mut seen = vec![false; node + 1];
    let mut waiting: Vec<usize> = graph.inputs(node).iter().map(|&input| input as usize).collect();
    while let Some(input) = waiting.pop() {
        if std::mem::replace(&mut seen[input], true) {
            continue;
        }
        match shown.binary_search(&input) {
            Ok(place) => found.push(place),
            Err(_) => waiting.extend(graph.inputs(input).iter().map(|&input| input as usize)),
        }
    }
    found.sort_unstable();
    found.into_iter().map(|from| Input { from, gradient: None, factors: None, numbers: Vec::new() }).collect()
}
