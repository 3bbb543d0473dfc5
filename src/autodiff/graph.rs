//! The graph: a flat list of nodes in which inputs come before the node that uses them.

use super::Operation;

/// The place of a node in its graph, and of its number in every buffer.
pub type NodeId = u32;

/// The places of an operation's inputs. One with a single input names it twice, so that both can
/// be read without asking.
pub type Inputs = [NodeId; 2];

/// An operation and where its inputs are. Kept small, because the sweeps read it at every step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) operation: Operation,
    pub(super) inputs: Inputs,
    /// How many inputs the backward pass gives a gradient to: none from a node that the output does
    /// not depend on, so that an infinite derivative there harms nothing.
    pub(super) edges: u8,
}

/// A computational graph: variables, then constants, then operations in the order in which they
/// can be computed. The last node is the output.
#[derive(Clone, Debug, PartialEq)]
pub struct Graph {
    pub(super) variables: Vec<String>,
    pub(super) constants: Vec<f64>,
    pub(super) steps: Vec<Step>,
    pub(super) names: Vec<Option<String>>,
}

impl Graph {
    /// How many nodes there are, and so how long a buffer of their values is.
    #[must_use]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.leaves() + self.steps.len()
    }

    /// The names of the variables, which are the first nodes.
    #[must_use]
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// The constants, which are the nodes after the variables.
    #[must_use]
    pub fn constants(&self) -> &[f64] {
        &self.constants
    }

    /// The node of a constant, if there is one with these bits.
    pub(super) fn constant(&self, value: f64) -> Option<NodeId> {
        let place = self.constants.iter().position(|constant| constant.to_bits() == value.to_bits())?;
        Some((self.variables.len() + place) as NodeId)
    }

    /// How many nodes are variables or constants.
    #[must_use]
    pub fn leaves(&self) -> usize {
        self.variables.len() + self.constants.len()
    }

    /// The node that the program's last line computes.
    #[must_use]
    pub fn output(&self) -> usize {
        self.len() - 1
    }

    /// What a node does; nothing for a leaf.
    #[must_use]
    pub fn operation(&self, node: usize) -> Option<Operation> {
        Some(self.step(node)?.operation)
    }

    /// The nodes that a node computes with, from left to right; none for a leaf.
    #[must_use]
    pub fn inputs(&self, node: usize) -> &[NodeId] {
        match self.step(node) {
            Some(step) => &step.inputs[..step.operation.arity()],
            None => &[],
        }
    }

    /// The inputs that the backward pass gives a gradient to.
    #[must_use]
    pub fn passing(&self, node: usize) -> &[NodeId] {
        match self.step(node) {
            Some(step) => &step.inputs[..step.edges as usize],
            None => &[],
        }
    }

    /// The derivatives of a node by each of its inputs, at the values of a forward pass.
    #[must_use]
    pub fn local_derivatives(&self, node: usize, values: &[f64]) -> Vec<f64> {
        let Some(step) = self.step(node) else { return Vec::new() };
        let [a, b] = step.inputs.map(|input| values[input as usize]);
        let local = step.operation.derivatives(a, b, values[node]);
        local[..step.operation.arity()].to_vec()
    }

    /// The name of the variable or of the program's line that this node is.
    #[must_use]
    pub fn name(&self, node: usize) -> Option<&str> {
        self.names[node].as_deref()
    }

    /// The node of a variable or of a line.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known.as_deref() == Some(name))
    }

    /// Whether the output can be reached from each node: where it can't, there is no gradient.
    #[must_use]
    pub fn used(&self) -> Vec<bool> {
        let mut used = vec![false; self.len()];
        used[self.output()] = true;
        for node in (0..self.len()).rev().filter(|&node| node >= self.leaves()) {
            if used[node] {
                self.passing(node).iter().for_each(|&input| used[input as usize] = true);
            }
        }
        used
    }

    /// Takes the backward pass from what the output does not depend on.
    pub(super) fn cut_off_unused(&mut self) {
        let used = self.used().split_off(self.leaves());
        let unused = self.steps.iter_mut().zip(used).filter(|(_, used)| !used);
        unused.for_each(|(step, _)| step.edges = 0);
    }

    /// Whether each node's value depends on a node that is marked in `sources`.
    ///
    /// # Panics
    /// When `sources` is not one flag for each variable.
    #[must_use]
    pub fn depends(&self, sources: &[bool]) -> Vec<bool> {
        assert_eq!(sources.len(), self.variables.len());
        let mut depends = sources.to_vec();
        depends.resize(self.leaves(), false);
        for step in &self.steps {
            depends.push(step.inputs.iter().any(|&input| depends[input as usize]));
        }
        depends
    }

    /// Whether the backward pass goes through an operation.
    pub(super) fn passes_back(&self, node: usize) -> bool {
        self.step(node).is_some_and(|step| step.edges > 0)
    }

    fn step(&self, node: usize) -> Option<&Step> {
        self.steps.get(node.checked_sub(self.leaves())?)
    }
}
