//! Many passages through one graph at once: each node has a number for each lane.
//!
//! A lane is a sample of a batch, or a run of its own. All lanes take the same operations, so one
//! look at a node serves them all, and processors with vectors work on several together. Every
//! lane has the bits that a [`Sweep`](super::Sweep) has.

mod plan;

pub use self::plan::Plan;
use self::plan::{Edge, Instruction, Work};
use super::{NodeId, Operation};

/// Does the work with an operation that the compiler knows where it is a frequent one, so that the
/// loop over the lanes asks nothing.
macro_rules! specialised {
    ($operation:ident => $work:expr) => {
        specialised!($operation => $work; Add, Subtract, Multiply, Divide, Negate, Identity)
    };
    ($operation:ident => $work:expr; $($frequent:ident),*) => {
        match $operation {
            $(Operation::$frequent => {
                let $operation = Operation::$frequent;
                $work
            })*
            Operation::PowerOf(2.0) => {
                let $operation = Operation::PowerOf(2.0);
                $work
            }
            _ => $work,
        }
    };
}

/// The numbers of `L` passages through a graph.
#[derive(Clone, Debug)]
pub struct LaneSweep<const L: usize> {
    /// The values of each node; the caller sets the variables, which come first.
    pub values: Vec<[f64; L]>,
    /// The gradients of the nodes that the trained variables reach the output through, after a
    /// backward pass. Nodes inside a sum of products have none of their own.
    pub gradients: Vec<[f64; L]>,
}

impl<const L: usize> LaneSweep<L> {
    /// Buffers for this plan, with its constants in their places and every variable 0.
    #[must_use]
    pub fn new(plan: &Plan) -> Self {
        let mut values = vec![[0.0; L]; plan.nodes];
        for &(node, value) in &plan.constants {
            values[node] = [value; L];
        }
        Self { values, gradients: vec![[0.0; L]; plan.nodes] }
    }

    /// Computes every lane's values from its variables, and returns the output's.
    pub fn forward(&mut self, plan: &Plan) -> &[f64; L] {
        for instruction in &plan.instructions {
            let (before, rest) = self.values.split_at_mut(instruction.node as usize);
            forward(plan, instruction, before, &mut rest[0]);
        }
        &self.values[plan.output]
    }

    /// Computes every lane's gradients from the values of the last forward pass, with the gradient
    /// `seed` at the output.
    pub fn backward_from(&mut self, plan: &Plan, seed: f64) {
        self.gradients[plan.output] = [seed; L];
        for instruction in plan.instructions.iter().rev().filter(|instruction| instruction.passes_back) {
            let (before, rest) = self.gradients.split_at_mut(instruction.node as usize);
            backward(plan, instruction, &self.values, before, &rest[0]);
        }
    }
}

fn forward<const L: usize>(plan: &Plan, instruction: &Instruction, before: &[[f64; L]], out: &mut [f64; L]) {
    match instruction.work {
        Work::Operation(operation, inputs) => {
            let [a, b] = inputs.map(|input| &before[input as usize]);
            specialised!(operation => (0..L).for_each(|lane| out[lane] = operation.value(a[lane], b[lane])));
        }
        Work::Dot { first, end } => *out = dot(&plan.pairs[first as usize..end as usize], before),
    }
}

/// The sum of the products of pairs, from left to right.
fn dot<const L: usize>(pairs: &[[NodeId; 2]], values: &[[f64; L]]) -> [f64; L] {
    let product = |pair: &[NodeId; 2]| {
        let [a, b] = pair.map(|input| &values[input as usize]);
        std::array::from_fn(|lane| a[lane] * b[lane])
    };
    let mut sum: [f64; L] = product(&pairs[0]);
    for pair in &pairs[1..] {
        let product: [f64; L] = product(pair);
        for lane in 0..L {
            sum[lane] += product[lane];
        }
    }
    sum
}

fn backward<const L: usize>(
    plan: &Plan,
    instruction: &Instruction,
    values: &[[f64; L]],
    before: &mut [[f64; L]],
    upstream: &[f64; L],
) {
    match instruction.work {
        Work::Operation(operation, inputs) => {
            let [a, b] = inputs.map(|input| &values[input as usize]);
            let y = &values[instruction.node as usize];
            let local = |operation: Operation, lane: usize| operation.derivatives(a[lane], b[lane], y[lane]);
            let [left, right] = inputs.map(|input| input as usize);
            let edges = instruction.edges;
            specialised!(operation => {
                pass(edges[0], &mut before[left], |lane| upstream[lane] * local(operation, lane)[0]);
                if operation.arity() == 2 {
                    pass(edges[1], &mut before[right], |lane| upstream[lane] * local(operation, lane)[1]);
                }
            });
        }
        Work::Dot { first, end } => {
            for place in (first as usize..end as usize).rev() {
                let [left, right] = plan.pairs[place].map(|input| input as usize);
                let edges = plan.pair_edges[place];
                pass(edges[0], &mut before[left], |lane| upstream[lane] * values[right][lane]);
                pass(edges[1], &mut before[right], |lane| upstream[lane] * values[left][lane]);
            }
        }
    }
}

/// Gives every lane of a node its share of the gradient.
#[inline(always)]
fn pass<const L: usize>(edge: Edge, to: &mut [f64; L], share: impl Fn(usize) -> f64) {
    match edge {
        Edge::Skip => {}
        Edge::Set => (0..L).for_each(|lane| to[lane] = share(lane)),
        Edge::Add => (0..L).for_each(|lane| to[lane] += share(lane)),
    }
}
