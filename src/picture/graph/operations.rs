//! The diagram of a program of tensors, operation by operation.

use super::program::pretty;
use super::{Diagram, DiagramError, Input, Kind, Node, Pass};
use crate::autodiff::Phase;
use crate::autodiff::engine::Source;
use crate::learn::{Known, SeenInput, SeenNode};

impl Diagram {
    /// The diagram of a program's operations at a phase: numbers that are not computed yet are left
    /// out, and the active operation is marked. The colours are those of all phases. The first
    /// `columns` leaves are data, the others are parameters.
    ///
    /// # Errors
    /// When there are more nodes or edges than a picture can show.
    pub fn of_tensors(nodes: &[SeenNode], columns: usize, phase: Phase) -> Result<Self, DiagramError> {
        let ranges = match phase {
            Phase::Update => None,
            _ => Some(Self::of_tensors(nodes, columns, Phase::Update)?.ranges),
        };
        let known = Known::at(nodes, phase);
        let node = |(place, node): (usize, &SeenNode)| Node {
            label: pretty(&node.label),
            name: node.name.as_deref().map(pretty),
            kind: kind(node.source, columns),
            value: single(&node.shape, &node.value).filter(|_| known.values > place),
            gradient: node
                .gradient
                .as_deref()
                .and_then(|own| single(&node.shape, own))
                .filter(|_| known.is_complete(nodes, place)),
            inputs: inputs(nodes, node, known.has_passed(place)),
            work: (known.node == Some(place)).then_some(match phase {
                Phase::Forward(_) => Pass::Forward,
                _ => Pass::Backward,
            }),
            shape: node.shape.clone(),
            numbers: if known.values > place { node.value.clone() } else { Vec::new() },
            gradient_is_known: node.gradient.is_some() && known.is_complete(nodes, place),
        };
        let diagram = Self::new(nodes.iter().enumerate().map(node).collect())?;
        Ok(Self { ranges: ranges.unwrap_or(diagram.ranges), ..diagram })
    }
}

fn inputs(nodes: &[SeenNode], node: &SeenNode, is_passed: bool) -> Vec<Input> {
    let input = |input: &SeenInput| {
        let gradient = input.gradient.as_deref().filter(|_| is_passed);
        Input {
            from: input.from,
            gradient: gradient.and_then(|gradient| single(&nodes[input.from].shape, gradient)),
            factors: None,
            numbers: gradient.map_or(Vec::new(), <[f64]>::to_vec),
        }
    };
    node.inputs.iter().map(input).collect()
}

fn kind(source: Source, columns: usize) -> Kind {
    match source {
        Source::Leaf(place) if place < columns => Kind::Data,
        Source::Leaf(_) => Kind::Parameter,
        Source::Constant => Kind::Constant,
        Source::Operation => Kind::Operation,
    }
}

/// The number of a tensor that has only one.
fn single(shape: &[usize], numbers: &[f64]) -> Option<f64> {
    if shape.iter().product::<usize>() == 1 { numbers.first().copied() } else { None }
}
