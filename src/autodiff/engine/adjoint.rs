//! The backward pass as statements: of each statement of the forward pass, in reverse order, one
//! for each input, with the element that is read and the one that is written exchanged.
//!
//! The loops run in reverse too, so that sums have the bits of a sweep over the scalar graph.

use super::{Access, Code, Fold, Index, Role, Start, Statement, TensorId, Work, count};
use crate::autodiff::Operation;
use crate::function::KEEP;

/// What changes no number when it is added to it, not even -0.
pub(super) const NOTHING: f64 = -0.0;

impl Code {
    /// Appends the backward pass from the single element of `output` to those of the `sources`.
    ///
    /// Returns the tensor that holds the gradient with which it starts, which is 1 for the gradient
    /// itself; nothing where the output has several elements or does not depend on the sources.
    pub fn differentiate(&mut self, output: TensorId, sources: &[TensorId]) -> Option<TensorId> {
        let needed = self.needed(sources);
        self.forward = self.statements.len();
        self.gradients = vec![None; self.tensors.len()];
        let starts = needed[output] && count(self.shape(output)) == 1;
        let seed = starts.then(|| self.push_tensor(Vec::new(), Role::Leaf))?;
        let nothing = self.push_tensor(Vec::new(), Role::Constant(vec![NOTHING]));
        self.gradients[output] = Some(seed);
        for place in (0..self.forward).rev() {
            let statement = self.statements[place].clone();
            let gradient = self.gradients[statement.out.tensor];
            if let Some(gradient) = gradient {
                self.pass_back(&statement, gradient, &needed, nothing);
            }
        }
        self.gradients.resize(self.tensors.len(), None);
        Some(seed)
    }

    /// The tensors through which one of the sources can be reached.
    fn needed(&self, sources: &[TensorId]) -> Vec<bool> {
        let mut needed = vec![false; self.tensors.len()];
        sources.iter().for_each(|&source| needed[source] = true);
        for statement in &self.statements {
            let reaches = passing(statement).any(|(_, input)| needed[input.tensor]);
            needed[statement.out.tensor] |= reaches;
        }
        needed
    }

    fn pass_back(&mut self, statement: &Statement, gradient: TensorId, needed: &[bool], nothing: TensorId) {
        let inputs: Vec<(usize, Access)> = passing(statement).map(|(place, input)| (place, input.clone())).collect();
        for (place, input) in inputs {
            if needed[input.tensor] {
                let upstream = Access { tensor: gradient, ..statement.out.clone() };
                let adjoint = match (statement.fold, statement.inputs.as_slice()) {
                    (Fold::Max, [_, winner]) => to_winner(statement, &upstream, winner),
                    (Fold::Max, [_, marks, ties]) => self.shared(statement, &upstream, marks, ties),
                    _ => {
                        let (work, inputs) = share(statement, place, upstream);
                        adjoint(statement, &input, work, &inputs)
                    }
                };
                self.add(adjoint, input.tensor, nothing);
            }
        }
    }

    /// All elements that are the largest share the gradient.
    fn shared(&mut self, statement: &Statement, upstream: &Access, marks: &Access, ties: &Access) -> Statement {
        let domain = statement.domain[..statement.outer].to_vec();
        let part = self.push_tensor(domain.clone(), Role::Computed);
        let mut shared = Access::whole(part, &domain);
        self.statements.push(Statement {
            out: shared.clone(),
            inputs: [upstream, ties, ties, ties].map(|access| access.of_outer(domain.len())).to_vec(),
            work: Work::Derivative(Operation::Divide, 0),
            fold: Fold::Set,
            detached: true,
            domain,
            ..statement.clone()
        });
        shared.strides.resize(statement.domain.len(), 0);
        let work = Work::Operation(Operation::Call(&KEEP));
        adjoint(statement, &statement.inputs[0], work, &[shared, marks.clone()])
    }

    /// Appends a statement that adds to the gradient of a tensor.
    fn add(&mut self, mut adjoint: Statement, tensor: TensorId, nothing: TensorId) {
        let known = self.gradients[tensor];
        let shape = self.shape(tensor).to_vec();
        let gradient = known.unwrap_or_else(|| self.push_tensor(shape.clone(), Role::Computed));
        self.gradients[tensor] = Some(gradient);
        adjoint.out.tensor = gradient;
        if known.is_none() && adjoint.out.covers(&adjoint.domain, &shape) {
            adjoint.fold = Fold::Sum(Start::Number(NOTHING));
        } else if known.is_none() {
            self.statements.push(self.fill(gradient, nothing));
        }
        self.statements.push(adjoint);
    }
}

/// The inputs that a gradient is passed on to, with their places.
fn passing(statement: &Statement) -> impl Iterator<Item = (usize, &Access)> {
    let edges = match (statement.fold, statement.work) {
        _ if statement.detached => 0,
        // The largest has its place beside it, which gets no gradient.
        (Fold::Max, _) => 1,
        (_, Work::Operation(operation)) => operation.edges(),
        (_, Work::Derivative(..)) => 0,
    };
    statement.inputs.iter().take(edges).enumerate()
}

/// The statement that adds to the gradient of an input what is computed from `inputs`.
fn adjoint(statement: &Statement, input: &Access, work: Work, inputs: &[Access]) -> Statement {
    let reversed: Vec<Access> = inputs.iter().map(|input| input.reversed(&statement.domain)).collect();
    inner_last(Statement {
        out: input.reversed(&statement.domain),
        outer: statement.domain.len(),
        inputs: reversed,
        work,
        fold: Fold::Sum(Start::Stored),
        detached: true,
        ..statement.clone()
    })
}

/// What an input's share is computed from.
fn share(statement: &Statement, place: usize, upstream: Access) -> (Work, Vec<Access>) {
    let Work::Operation(operation) = statement.work else { return (statement.work, vec![upstream]) };
    match (operation, place) {
        (Operation::Identity | Operation::Add, _) | (Operation::Subtract, 0) => {
            (Work::Operation(Operation::Identity), vec![upstream])
        }
        (Operation::Negate, _) | (Operation::Subtract, _) => (Work::Operation(Operation::Negate), vec![upstream]),
        (Operation::Multiply, _) => {
            (Work::Operation(Operation::Multiply), vec![upstream, statement.inputs[1 - place].clone()])
        }
        _ => {
            let operands = statement.inputs.iter().cloned();
            let inputs = [upstream].into_iter().chain(operands).chain([statement.out.clone()]).collect();
            (Work::Derivative(operation, place), inputs)
        }
    }
}

/// Only the element that was met first as the largest gets the gradient; `winner` has its place.
fn to_winner(statement: &Statement, upstream: &Access, winner: &Access) -> Statement {
    let domain = statement.domain[..statement.outer].to_vec();
    let outer = |access: &Access| access.of_outer(domain.len()).reversed(&domain);
    let index = Some(Box::new(Index { access: outer(winner), stride: 1, size: usize::MAX }));
    Statement {
        out: Access { offset: 0, strides: vec![0; domain.len()], index, ..statement.inputs[0].clone() },
        outer: domain.len(),
        inputs: vec![outer(upstream)],
        domain,
        work: Work::Operation(Operation::Identity),
        fold: Fold::Sum(Start::Stored),
        detached: true,
        span: statement.span,
    }
}

/// Brings the loops that do not move the written element to the inside, where its sum can be kept
/// at hand. The order of what is added to an element stays the same.
fn inner_last(statement: Statement) -> Statement {
    if statement.out.index.is_some() || !statement.out.is_injective(&statement.domain) {
        return statement;
    }
    let moves = |axis: &usize| statement.out.strides[*axis] != 0;
    let (mut order, inner): (Vec<usize>, Vec<usize>) = (0..statement.domain.len()).partition(moves);
    let outer = order.len();
    order.extend(inner);
    Statement {
        outer,
        domain: order.iter().map(|&axis| statement.domain[axis]).collect(),
        out: statement.out.reordered(&order),
        inputs: statement.inputs.iter().map(|input| input.reordered(&order)).collect(),
        ..statement
    }
}
