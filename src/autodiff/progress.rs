//! The passes as somebody follows them: node by node, forwards, backwards, and to the update.

use super::{Graph, Sweep};

/// How far one sample's step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// So many operations are computed.
    Forward(usize),
    /// The output has its gradient 1, and so many operations have passed theirs on.
    Backward(usize),
    /// The parameters have moved.
    Update,
}

impl Phase {
    /// The phase at a place in the list of all phases: forward, backward, update. `counts` are the
    /// numbers of operations, and of those that pass a gradient back.
    #[must_use]
    pub fn at(place: usize, counts: (usize, usize)) -> Self {
        let (forward, backward) = counts;
        match place.checked_sub(forward + 1) {
            None => Self::Forward(place),
            Some(place) if place <= backward => Self::Backward(place),
            Some(_) => Self::Update,
        }
    }
}

/// What is known at a phase.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The values that are computed.
    pub values: Vec<Option<f64>>,
    /// The gradients so far: a value that is used several times has the sum of what came back.
    pub gradients: Vec<Option<f64>>,
    /// Whether a node has passed its gradient on.
    pub passed: Vec<bool>,
    /// The operation in work.
    pub node: Option<usize>,
}

impl Graph {
    /// The operations that pass a gradient on, in the order in which they do.
    #[must_use]
    pub fn backward_order(&self) -> Vec<usize> {
        (self.leaves()..self.len()).rev().filter(|&node| self.passes_back(node)).collect()
    }

    /// The numbers of operations, and of those that pass a gradient back.
    #[must_use]
    pub fn phase_counts(&self) -> (usize, usize) {
        (self.len() - self.leaves(), self.backward_order().len())
    }

    /// The phases of a sample in order: from `Forward(0)`, in which only the leaves are known, to the
    /// update.
    #[must_use]
    pub fn phases(&self) -> Vec<Phase> {
        let (forward, backward) = self.phase_counts();
        (0..forward + backward + 3).map(|place| Phase::at(place, (forward, backward))).collect()
    }

    /// What is known at a phase, of the numbers of a whole sweep.
    #[must_use]
    pub fn progress(&self, sweep: &Sweep, phase: Phase) -> Progress {
        let order = self.backward_order();
        let (computed, passing) = match phase {
            Phase::Forward(count) => ((self.leaves() + count).min(self.len()), None),
            Phase::Backward(count) => (self.len(), Some(&order[..count.min(order.len())])),
            Phase::Update => (self.len(), Some(order.as_slice())),
        };
        let mut progress = Progress {
            values: (0..self.len()).map(|node| (node < computed).then_some(sweep.values[node])).collect(),
            gradients: vec![None; self.len()],
            passed: vec![false; self.len()],
            node: None,
        };
        if let Some(passing) = passing {
            progress.gradients[self.output()] = Some(1.0);
            passing.iter().for_each(|&node| self.pass_back(sweep, node, &mut progress));
        }
        progress.node = match phase {
            Phase::Forward(count) => (count > 0).then_some(computed - 1),
            Phase::Backward(count) => count.checked_sub(1).and_then(|last| order.get(last).copied()),
            Phase::Update => None,
        };
        progress
    }

    fn pass_back(&self, sweep: &Sweep, node: usize, progress: &mut Progress) {
        progress.passed[node] = true;
        let gradient = progress.gradients[node].unwrap_or_default();
        for (&input, local) in self.inputs(node).iter().zip(self.local_derivatives(node, &sweep.values)) {
            let sum = &mut progress.gradients[input as usize];
            *sum = Some(sum.map_or(gradient * local, |sum| sum + gradient * local));
        }
    }
}
