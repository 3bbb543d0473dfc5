//! The operations of a program with their tensors, as a picture of its graph shows them.

use std::rc::Rc;

use super::{Error, Lanes, Model, Passes, Sums};
use crate::autodiff::engine::{Code, Executor, Layout, OperationNode, Operations, Precision, Source};
use crate::formula::Expression;

/// A node with its numbers, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenNode {
    /// A name, a number or the sign of an operation.
    pub label: String,
    /// The name of the line that it is the result of.
    pub name: Option<String>,
    /// What it computes, with the names of its inputs.
    pub expression: Expression,
    /// Where its tensor comes from.
    pub source: Source,
    /// The sizes of its axes; none for a single number.
    pub shape: Vec<usize>,
    /// Its numbers.
    pub value: Vec<f64>,
    /// The derivatives of the output; nothing if no gradient comes back.
    pub gradient: Option<Vec<f64>>,
    /// Its inputs.
    pub inputs: Vec<SeenInput>,
}

/// An input of a node.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenInput {
    /// The node that it comes from.
    pub from: usize,
    /// The gradient that comes back through this input alone.
    pub gradient: Option<Vec<f64>>,
}

/// The two passes of a program, with the tensors of every operation.
#[derive(Clone, Debug)]
pub struct OperationPasses<E> {
    nodes: Vec<OperationNode>,
    passes: Passes<E>,
    /// The numbers of the leaves that were seen last, and the nodes with them: a picture and its
    /// description look at the same moment.
    last: Option<(Vec<f64>, Rc<Vec<SeenNode>>)>,
}

impl<E: Executor> OperationPasses<E> {
    /// The passes of a model in doubles; `make` gives the executor.
    ///
    /// # Errors
    /// When there are too many elements.
    pub fn of(model: &Model, make: impl FnOnce(&Code, &Layout, Precision) -> E) -> Result<Self, Error> {
        Ok(Self::new(model.operations()?, Precision::Double, make))
    }

    /// The passes of a program whose operations are known.
    pub(super) fn new(
        operations: Operations,
        precision: Precision,
        make: impl FnOnce(&Code, &Layout, Precision) -> E,
    ) -> Self {
        // No leaf counts as data here: all of them have gradients.
        let passes = Passes::new(operations.lowered, 0, Lanes::Samples(1), Sums::InOrder, precision, make);
        Self { nodes: operations.nodes, passes, last: None }
    }

    /// The numbers of operations, and of those that pass a gradient back.
    #[must_use]
    pub fn counts(&self) -> (usize, usize) {
        let operations = self.nodes.iter().filter(|node| node.source == Source::Operation);
        (operations.clone().count(), operations.filter(|node| self.passes_back(node)).count())
    }

    fn passes_back(&self, node: &OperationNode) -> bool {
        node.inputs.iter().any(|input| self.passes.has_gradient_of(&input.view))
    }

    /// The nodes without numbers: all that a layout depends on.
    #[must_use]
    pub fn blank(&self) -> Vec<SeenNode> {
        self.nodes.iter().map(SeenNode::blank).collect()
    }

    /// Both passes for a sample at the given parameters. Numbers that can't be computed are NaN.
    pub fn at(&mut self, row: &[f64], parameters: &[f64]) -> Rc<Vec<SeenNode>> {
        let leaves = [row, parameters].concat();
        match &self.last {
            Some((known, nodes)) if are_same(known, &leaves) => nodes.clone(),
            _ => {
                let nodes = Rc::new(self.computed(&leaves));
                self.last = Some((leaves, nodes.clone()));
                nodes
            }
        }
    }

    fn computed(&mut self, leaves: &[f64]) -> Vec<SeenNode> {
        self.passes.load_parameters(0, leaves);
        // What is out of range was refused with the data.
        let _ = self.passes.forward().and_then(|()| self.passes.backward());
        let mut seen = self.blank();
        for (seen, node) in seen.iter_mut().zip(&self.nodes) {
            seen.value = self.passes.seen(&node.view).0;
            for (share, input) in seen.inputs.iter_mut().zip(&node.inputs) {
                share.gradient = self.passes.seen(&input.view).1;
            }
        }
        add_up(&mut seen);
        seen
    }
}

impl SeenNode {
    fn blank(node: &OperationNode) -> Self {
        Self {
            label: node.label.clone(),
            name: node.name.clone(),
            expression: node.expression.clone(),
            source: node.source,
            shape: node.view.shape.clone(),
            value: Vec::new(),
            gradient: None,
            inputs: node.inputs.iter().map(|input| SeenInput { from: input.from, gradient: None }).collect(),
        }
    }

    /// Whether it passes a gradient back.
    #[must_use]
    pub fn passes_back(&self) -> bool {
        self.inputs.iter().any(|input| input.gradient.is_some())
    }
}

/// Bit for bit, so that NaN is the same as NaN.
fn are_same(left: &[f64], right: &[f64]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a.to_bits() == b.to_bits())
}

/// A node's gradient is the sum of what comes back from its uses; that of the output is 1.
fn add_up(nodes: &mut [SeenNode]) {
    if let Some(last) = nodes.last_mut() {
        last.gradient = Some(vec![1.0; last.value.len()]);
    }
    for user in (0..nodes.len()).rev() {
        for input in nodes[user].inputs.clone() {
            if let Some(share) = input.gradient {
                match &mut nodes[input.from].gradient {
                    Some(sum) => sum.iter_mut().zip(share).for_each(|(sum, share)| *sum += share),
                    none => *none = Some(share),
                }
            }
        }
    }
}
