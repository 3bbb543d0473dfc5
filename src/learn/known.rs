//! What is known of a program's operations at a phase.

use super::SeenNode;
use crate::autodiff::Phase;
use crate::autodiff::engine::Source;

/// How far both passes have come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// How many nodes have their values.
    pub values: usize,
    /// Whether each node has passed its gradient on, once the backward pass has begun.
    passed: Option<Vec<bool>>,
    /// The node in work.
    pub node: Option<usize>,
}

impl Known {
    /// What is known at a phase.
    #[must_use]
    pub fn at(nodes: &[SeenNode], phase: Phase) -> Self {
        let leaves = nodes.iter().filter(|node| node.source != Source::Operation).count();
        let order: Vec<usize> = (leaves..nodes.len()).rev().filter(|&node| nodes[node].passes_back()).collect();
        let (values, passing) = match phase {
            Phase::Forward(count) => (leaves + count, None),
            Phase::Backward(count) => (nodes.len(), Some(&order[..count.min(order.len())])),
            Phase::Update => (nodes.len(), Some(order.as_slice())),
        };
        let passed = |passing: &[usize]| (0..nodes.len()).map(|node| passing.contains(&node)).collect();
        let node = match phase {
            Phase::Forward(count) => (count > 0).then(|| values - 1),
            Phase::Backward(_) => passing.and_then(|passing| passing.last().copied()),
            Phase::Update => None,
        };
        Self { values, passed: passing.map(passed), node }
    }

    /// Whether a node has passed its gradient on.
    #[must_use]
    pub fn has_passed(&self, node: usize) -> bool {
        self.passed.as_ref().is_some_and(|passed| passed[node])
    }

    /// Whether all that a node's gradient is the sum of is known.
    #[must_use]
    pub fn is_complete(&self, nodes: &[SeenNode], node: usize) -> bool {
        let uses = |user: &SeenNode| user.inputs.iter().any(|input| input.from == node && input.gradient.is_some());
        self.passed.is_some() && (node + 1..nodes.len()).all(|user| !uses(&nodes[user]) || self.has_passed(user))
    }
}
