//! The forward and the backward pass.

use super::Graph;

/// The numbers of one passage through a graph: each node's value, and its gradient, the derivative
/// of the output by that node.
///
/// Made once and used for every training step; neither pass allocates.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The value of each node; the caller sets the variables, which come first.
    pub values: Vec<f64>,
    /// The gradient of each node, after a backward pass.
    pub gradients: Vec<f64>,
}

impl Sweep {
    /// Buffers for this graph, with its constants in their places and every variable 0.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        let mut values = vec![0.0; graph.len()];
        values[graph.variables.len()..graph.leaves()].copy_from_slice(&graph.constants);
        Self { values, gradients: vec![0.0; graph.len()] }
    }

    /// Computes the value of every operation from the variables, and returns the output's.
    #[inline]
    pub fn forward(&mut self, graph: &Graph) -> f64 {
        let values = self.values.as_mut_slice();
        for (node, step) in (graph.leaves()..).zip(&graph.steps) {
            let [a, b] = step.inputs.map(|input| values[input as usize]);
            values[node] = step.operation.value(a, b);
        }
        values[graph.output()]
    }

    /// Computes every node's gradient by the chain rule, from the values of the last forward pass.
    ///
    /// A node that is used several times receives the sum over its uses. The sums begin at -0,
    /// the number that changes nothing when something is added to it (0 would turn -0 into 0).
    #[inline]
    pub fn backward(&mut self, graph: &Graph) {
        self.backward_from(graph, 1.0);
    }

    /// The backward pass with the gradient `seed` at the output.
    ///
    /// Seeds that are powers of two scale every gradient exactly, as long as nothing overflows.
    #[inline]
    pub fn backward_from(&mut self, graph: &Graph, seed: f64) {
        let (values, gradients) = (self.values.as_slice(), self.gradients.as_mut_slice());
        gradients.fill(-0.0);
        gradients[graph.output()] = seed;
        let steps = (graph.leaves()..graph.len()).zip(&graph.steps).rev();
        for (node, step) in steps.filter(|(_, step)| step.edges > 0) {
            let [left, right] = step.inputs.map(|input| input as usize);
            let local = step.operation.derivatives(values[left], values[right], values[node]);
            gradients[left] += gradients[node] * local[0];
            if step.edges == 2 {
                gradients[right] += gradients[node] * local[1];
            }
        }
    }
}
