//! Compiled code that takes a run's steps in the place of the graph.

/// Compiled code in the place of the graph. All of it is optional: what code does not do, the graph
/// does, with the same bits.
pub trait MachineCode {
    /// Takes steps of plain gradient descent, one sample after the other, and returns how many: all,
    /// or those before the first whose gradient is not finite.
    fn take(&self, steps: Steps<'_>) -> Option<usize>;

    /// The sum of a batch's losses; adds its gradients to those of the parameters.
    fn pass(&self, batch: Batch<'_>) -> Option<f64>;
}

/// The samples of a step.
#[derive(Debug)]
pub struct Batch<'b> {
    /// The parameters.
    pub parameters: &'b [f64],
    /// The samples.
    pub samples: &'b [u32],
    /// The gradient with which the backward pass starts.
    pub seed: f64,
    /// The number with which the sum of the losses begins.
    pub sum: f64,
    /// The sums of the gradients; empty where only the losses are asked for.
    pub gradients: &'b mut [f64],
}

/// The steps that code takes, and where it records them.
#[derive(Debug)]
pub struct Steps<'r> {
    /// The samples one after the other, each with the numbers that the graph uses.
    pub rows: &'r [f64],
    /// The orders of the samples, from the current epoch on.
    pub order: &'r [u32],
    /// How far the order of the next epoch is from that of the current one: 0 if all have the same.
    pub stride: usize,
    /// The learning rates, from the current epoch on.
    pub rates: &'r [f64],
    /// The number of samples.
    pub samples: usize,
    /// How many samples of the current epoch are taken.
    pub place: usize,
    /// The parameters.
    pub parameters: &'r mut [f64],
    /// The records of the steps; the last one has as many numbers as there are steps.
    pub gradients: &'r mut [f64],
    /// The parameters after each step.
    pub weights: &'r mut [f64],
    /// The loss after each step.
    pub losses: &'r mut [f64],
}

/// No code: the graph takes all steps.
#[derive(Clone, Copy, Debug)]
pub struct NoCode;

impl MachineCode for NoCode {
    fn take(&self, _: Steps<'_>) -> Option<usize> {
        None
    }

    fn pass(&self, _: Batch<'_>) -> Option<f64> {
        None
    }
}
