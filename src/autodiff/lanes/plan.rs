//! How lanes go through a graph: sums of products at once, and gradients only where they are asked.

use std::ops::Range;

use crate::autodiff::graph::Graph;
use crate::autodiff::{NodeId, Operation};

/// A graph prepared for lanes.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) nodes: usize,
    pub(super) output: usize,
    pub(super) constants: Vec<(usize, f64)>,
    pub(super) instructions: Vec<Instruction>,
    /// The factors of all sums of products, and what the backward pass does with them.
    pub(super) pairs: Vec<[NodeId; 2]>,
    pub(super) pair_edges: Vec<[Edge; 2]>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    pub(super) node: NodeId,
    pub(super) work: Work,
    pub(super) edges: [Edge; 2],
    pub(super) passes_back: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Work {
    Operation(Operation, [NodeId; 2]),
    /// The sum of the products of the pairs from `first` up to `end`.
    Dot {
        first: u32,
        end: u32,
    },
}

/// What the backward pass does at an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Edge {
    /// Nothing: no trained variable is behind it, or the output does not depend on it.
    Skip,
    /// It is the first to bring a gradient.
    Set,
    /// It adds to what others have brought.
    Add,
}

impl Plan {
    /// Prepares a graph of which the variables in `trained` need gradients.
    #[must_use]
    pub fn of(graph: &Graph, trained: Range<usize>) -> Self {
        let first = graph.variables().len();
        let constants = graph.constants().iter().copied().enumerate().map(|(index, value)| (first + index, value));
        let mut plan = Self {
            nodes: graph.len(),
            output: graph.output(),
            constants: constants.collect(),
            instructions: Vec::new(),
            pairs: Vec::new(),
            pair_edges: Vec::new(),
        };
        plan.add_instructions(graph);
        let sources: Vec<bool> = (0..first).map(|variable| trained.contains(&variable)).collect();
        plan.set_edges(graph, &graph.depends(&sources));
        plan
    }

    fn add_instructions(&mut self, graph: &Graph) {
        let mut node = graph.leaves();
        for sum in sums_of_products(graph).iter().rev() {
            (node..sum.start).for_each(|node| self.push_operation(graph, node));
            self.push_dot(graph, sum);
            node = sum.end;
        }
        (node..graph.len()).for_each(|node| self.push_operation(graph, node));
    }

    fn push_operation(&mut self, graph: &Graph, node: usize) {
        let Some(operation) = graph.operation(node) else { return };
        let inputs = graph.inputs(node);
        let work = Work::Operation(operation, [inputs[0], inputs[inputs.len() - 1]]);
        self.push(graph, node, work);
    }

    fn push_dot(&mut self, graph: &Graph, sum: &Range<usize>) {
        let first = self.pairs.len() as u32;
        let products = sum.clone().filter(|&node| graph.operation(node) == Some(Operation::Multiply));
        self.pairs.extend(products.map(|node| [graph.inputs(node)[0], graph.inputs(node)[1]]));
        self.push(graph, sum.end - 1, Work::Dot { first, end: self.pairs.len() as u32 });
    }

    fn push(&mut self, graph: &Graph, node: usize, work: Work) {
        let passes_back = graph.passes_back(node);
        self.instructions.push(Instruction { node: node as NodeId, work, edges: [Edge::Skip; 2], passes_back });
    }

    /// Walks as the backward pass does, so that the first gradient of a node is known as such.
    fn set_edges(&mut self, graph: &Graph, depends: &[bool]) {
        let mut reached = vec![false; graph.len()];
        let mut edge = |node: NodeId| match (depends[node as usize], reached[node as usize]) {
            (false, _) => Edge::Skip,
            (true, false) => {
                reached[node as usize] = true;
                Edge::Set
            }
            (true, true) => Edge::Add,
        };
        self.pair_edges = vec![[Edge::Skip; 2]; self.pairs.len()];
        for instruction in self.instructions.iter_mut().rev().filter(|instruction| instruction.passes_back) {
            match instruction.work {
                Work::Operation(operation, inputs) => {
                    (0..operation.arity()).for_each(|side| instruction.edges[side] = edge(inputs[side]));
                }
                Work::Dot { first, end } => {
                    (first as usize..end as usize)
                        .rev()
                        .for_each(|pair| self.pair_edges[pair] = self.pairs[pair].map(&mut edge));
                }
            }
        }
    }
}

/// The sums of products that are whole, the last one first: consecutive nodes that nothing else
/// looks into. Taken at once they cost no memory for their products, and have the same bits.
fn sums_of_products(graph: &Graph) -> Vec<Range<usize>> {
    let uses = uses(graph);
    let mut sums: Vec<Range<usize>> = Vec::new();
    let mut end = graph.len();
    while end > graph.leaves() {
        let sum = sum_of_products(graph, end - 1, &uses);
        end = sum.as_ref().map_or(end - 1, |sum| sum.start);
        sums.extend(sum);
    }
    sums
}

fn uses(graph: &Graph) -> Vec<u32> {
    let mut uses = vec![0; graph.len()];
    for node in graph.leaves()..graph.len() {
        graph.inputs(node).iter().for_each(|&input| uses[input as usize] += 1);
    }
    uses
}

/// The nodes of the sum of products that ends in `last`, where it is one.
fn sum_of_products(graph: &Graph, last: usize, uses: &[u32]) -> Option<Range<usize>> {
    let own = |node: usize, operation| uses[node] == 1 && graph.operation(node) == Some(operation);
    let (mut first, mut nodes, mut sum) = (last, 1, last);
    while graph.operation(sum) == Some(Operation::Add) {
        let [left, right] = [graph.inputs(sum)[0] as usize, graph.inputs(sum)[1] as usize];
        if !own(right, Operation::Multiply) || left == right {
            return None;
        }
        (first, nodes) = (first.min(left).min(right), nodes + 2);
        if own(left, Operation::Multiply) {
            return (last + 1 - first == nodes).then_some(first..last + 1);
        }
        if !own(left, Operation::Add) {
            return None;
        }
        sum = left;
    }
    None
}
