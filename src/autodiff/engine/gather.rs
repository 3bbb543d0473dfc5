//! Gradients of what windows slide over, gathered in place of being spread.
//!
//! The backward pass of a convolution goes from each output to all inputs in its window, and adds to
//! each in memory. Here each input collects from all outputs whose window it is in, so that its sum
//! stays at hand. Around the outputs is a border of zeros for windows that reach beyond the edge.

use super::adjoint::NOTHING;
use super::{Access, Code, Fold, Role, Start, Statement, Work};
use crate::autodiff::Operation;

/// With fewer shares for each input the border does not pay.
const LEAST: usize = 12;

/// How a statement that spreads can gather: what becomes of each of its loops.
struct Plan {
    /// Loops over outputs, each with the loop over the places in the window.
    pairs: Vec<(usize, usize)>,
    /// Other loops that move what is written.
    moving: Vec<usize>,
    /// Loops that do not.
    inner: Vec<usize>,
}

impl Code {
    /// Lets the statements of the backward pass gather where they can. The order of what is added
    /// changes, and with it the last bits of the sums.
    pub fn gather(&mut self) {
        let statements = self.statements.split_off(self.forward);
        for statement in statements {
            match Plan::of(&statement) {
                Some(plan) => self.push_gathering(&statement, &plan),
                None => self.statements.push(statement),
            }
        }
    }

    fn push_gathering(&mut self, statement: &Statement, plan: &Plan) {
        let statement = rising(statement);
        let [upstream, kernel] = statement.inputs.as_slice() else { return };
        let size = |axis: usize| statement.size(axis) + 2 * plan.border(&statement, axis);
        let axes: Vec<usize> = (0..statement.domain.len()).filter(|&axis| upstream.by(axis) != 0).collect();
        let shape: Vec<usize> = axes.iter().map(|&axis| size(axis)).collect();
        let tensor = self.push_tensor(shape.clone(), Role::Computed);
        self.gradients.resize(self.tensors.len(), None);
        let whole = Access::whole(tensor, &shape);
        let stride = |axis: usize| axes.iter().position(|&own| own == axis).map_or(0, |place| whole.by(place));
        let border = |axis: usize| plan.border(&statement, axis) as isize * stride(axis);
        let begin: isize = axes.iter().map(|&axis| border(axis)).sum();
        self.statements.push(Statement {
            domain: axes.iter().map(|&axis| statement.size(axis)).collect(),
            outer: axes.len(),
            out: Access { offset: begin, ..whole.clone() },
            inputs: vec![along(upstream, axes.iter().map(|&axis| upstream.by(axis)))],
            work: Work::Operation(Operation::Identity),
            fold: Fold::Set,
            ..statement.clone()
        });
        let bordered = |axis: usize| plan.output_of(axis).map_or_else(|| stride(axis), |output| -stride(output));
        let inputs = vec![
            Access { offset: begin, ..along(&whole, plan.loops().map(bordered)) },
            along(kernel, plan.loops().map(|axis| kernel.by(axis))),
        ];
        let out =
            plan.loops().enumerate().map(|(place, axis)| if place < plan.outer() { statement.out.by(axis) } else { 0 });
        let out = along(&statement.out, out);
        let domain: Vec<usize> =
            plan.loops().enumerate().map(|(place, axis)| plan.size(&statement, place, axis)).collect();
        let fold = self.start(&out, &domain);
        let gathering = Statement { domain, outer: plan.outer(), out, inputs, fold, ..statement.clone() };
        self.statements.push(gathering);
    }

    /// Where a gathered sum begins. Where all elements get one, what filled the tensor before is taken away.
    fn start(&mut self, out: &Access, domain: &[usize]) -> Fold {
        let tensor = out.tensor;
        let place = self.statements.len().checked_sub(2).filter(|_| out.covers(domain, self.shape(tensor)));
        let fills = |statement: &Statement| {
            let is_still = statement.inputs.iter().all(|input| input.strides.iter().all(|&by| by == 0));
            statement.out.tensor == tensor && statement.is_copy() && is_still
        };
        match place.filter(|&place| place >= self.forward && fills(&self.statements[place])) {
            Some(place) => {
                self.statements.remove(place);
                Fold::Sum(Start::Number(NOTHING))
            }
            None => Fold::Sum(Start::Stored),
        }
    }
}

impl Plan {
    /// Nothing if the statement does not spread a product of an output's gradient and a kernel.
    fn of(statement: &Statement) -> Option<Self> {
        let Statement { domain, out, inputs, .. } = statement;
        let is_product = statement.work == Work::Operation(Operation::Multiply);
        let is_spread = statement.fold == Fold::Sum(Start::Stored) && statement.outer == domain.len();
        let [upstream, kernel] = inputs.as_slice() else { return None };
        if !(is_product && is_spread && statement.is_direct()) || domain.contains(&0) {
            return None;
        }
        let is_place = |axis: usize| kernel.by(axis) != 0 && upstream.by(axis) == 0;
        let is_output = |axis: usize| kernel.by(axis) == 0 && upstream.by(axis) != 0;
        let axes = 0..domain.len();
        let partner = |output: usize| {
            let mut places = axes.clone().filter(|&axis| is_place(axis) && out.by(axis) == out.by(output));
            places.next().map(|place| (output, place))
        };
        let moves = |axis: &usize| out.by(*axis) != 0;
        let pairs: Vec<(usize, usize)> =
            axes.clone().filter(moves).filter(|&axis| is_output(axis)).filter_map(partner).collect();
        let is_paired = |axis: &usize| pairs.iter().any(|&(output, place)| *axis == output || *axis == place);
        let (moving, inner) = axes.clone().filter(|axis| !is_paired(axis)).partition(moves);
        let plan = Self { pairs, moving, inner };
        (plan.pays(statement) && plan.is_separate(statement)).then_some(plan)
    }

    fn pays(&self, statement: &Statement) -> bool {
        let shares: usize = self.loops().skip(self.outer()).map(|axis| statement.size(axis)).product();
        !self.pairs.is_empty() && shares >= LEAST
    }

    /// Whether the outer loops come to each element once.
    fn is_separate(&self, statement: &Statement) -> bool {
        let strides = self.loops().take(self.outer()).map(|axis| statement.out.by(axis));
        let sizes: Vec<usize> = self
            .loops()
            .take(self.outer())
            .enumerate()
            .map(|(place, axis)| self.size(statement, place, axis))
            .collect();
        along(&statement.out, strides).is_injective(&sizes)
    }

    /// The new loops, by the old ones: those that choose an element, then those of its sum.
    fn loops(&self) -> impl Iterator<Item = usize> {
        let outputs = self.pairs.iter().map(|&(output, _)| output);
        let places = self.pairs.iter().map(|&(_, place)| place);
        self.moving.iter().copied().chain(outputs).chain(self.inner.iter().copied()).chain(places)
    }

    fn outer(&self) -> usize {
        self.moving.len() + self.pairs.len()
    }

    /// How often a new loop is passed: there are as many inputs as outputs, and the rest of a window.
    fn size(&self, statement: &Statement, place: usize, axis: usize) -> usize {
        let rest = if place < self.outer() { self.border(statement, axis) } else { 0 };
        statement.size(axis) + rest
    }

    /// How many zeros stand on both sides of the outputs along a loop.
    fn border(&self, statement: &Statement, axis: usize) -> usize {
        self.pairs.iter().find(|pair| pair.0 == axis).map_or(0, |&(_, place)| statement.size(place) - 1)
    }

    /// The loop over outputs for a loop over the places of a window.
    fn output_of(&self, axis: usize) -> Option<usize> {
        self.pairs.iter().find(|pair| pair.1 == axis).map(|pair| pair.0)
    }
}

/// The same access in other loops.
fn along(access: &Access, strides: impl Iterator<Item = isize>) -> Access {
    Access { strides: strides.collect(), ..access.clone() }
}

/// The statement with every loop in the direction in which the places of its output rise.
fn rising(statement: &Statement) -> Statement {
    let falls = |statement: &Statement, axis: usize| statement.accesses().any(|access| access.by(axis) < 0);
    let turned =
        |statement: Statement, axis| if falls(&statement, axis) { statement.turned_round(axis) } else { statement };
    (0..statement.domain.len()).fold(statement.clone(), turned)
}
