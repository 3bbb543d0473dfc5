//! Scalar nodes in the order in which they are made, and the graph that they become.

use rustc_hash::FxHashMap;

use crate::autodiff::graph::Step;
use crate::autodiff::{Graph, NodeId, Operation};

#[derive(Clone, Copy)]
enum Kind {
    Variable,
    Constant(f64),
    Operation(Operation, [NodeId; 2]),
}

/// Nodes of which leaves may come at any place; the graph has them first.
#[derive(Default)]
pub(super) struct Tape {
    nodes: Vec<Kind>,
    constants: FxHashMap<u64, NodeId>,
}

impl Tape {
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(super) fn variable(&mut self) -> NodeId {
        self.push(Kind::Variable)
    }

    pub(super) fn constant(&mut self, value: f64) -> NodeId {
        if let Some(&known) = self.constants.get(&value.to_bits()) {
            return known;
        }
        let node = self.push(Kind::Constant(value));
        self.constants.insert(value.to_bits(), node);
        node
    }

    pub(super) fn operation(&mut self, operation: Operation, inputs: [NodeId; 2]) -> NodeId {
        self.push(Kind::Operation(operation, inputs))
    }

    fn push(&mut self, kind: Kind) -> NodeId {
        self.nodes.push(kind);
        self.nodes.len() as NodeId - 1
    }

    /// The graph, and where each node is in it. The output is `output`, after which nothing comes.
    pub(super) fn graph(&self, output: NodeId) -> (Graph, Vec<NodeId>) {
        let mut graph = Graph { variables: Vec::new(), constants: Vec::new(), steps: Vec::new(), names: Vec::new() };
        let mut places = vec![NodeId::MAX; self.nodes.len()];
        let mut next = 0;
        let mut place = |index: usize| {
            places[index] = next;
            next += 1;
        };
        for kind in 0..3 {
            self.nodes.iter().enumerate().filter(|(_, node)| node.order() == kind).for_each(|(index, _)| place(index));
        }
        for node in &self.nodes {
            match *node {
                Kind::Variable => graph.variables.push(String::new()),
                Kind::Constant(value) => graph.constants.push(value),
                Kind::Operation(operation, inputs) => {
                    let inputs = inputs.map(|input| places[input as usize]);
                    graph.steps.push(Step { operation, inputs, edges: operation.arity() as u8 });
                }
            }
        }
        // What the output is made of is the last node, so that a sweep begins there.
        let inputs = [places[output as usize]; 2];
        graph.steps.push(Step { operation: Operation::Identity, inputs, edges: 1 });
        graph.names = vec![None; self.nodes.len() + 1];
        graph.cut_off_unused();
        (graph, places)
    }
}

impl Kind {
    fn order(self) -> u8 {
        match self {
            Self::Variable => 0,
            Self::Constant(_) => 1,
            Self::Operation(..) => 2,
        }
    }
}
