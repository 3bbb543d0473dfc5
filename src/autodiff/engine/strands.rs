//! Long sums in strands: each strand adds up every so many-th passage, and then the strands are added
//! up. Strands lie side by side, so that vectors work on them where a single sample has no lanes.

use super::adjoint::NOTHING;
use super::{Access, Code, Fold, Role, Start, Statement, Work};
use crate::autodiff::Operation;

/// How many strands there are.
const STRANDS: usize = 16;
/// Shorter sums stay whole.
const LEAST: usize = 1024;

impl Code {
    /// Puts the long sums of both passes into strands. The order of what is added changes, and with
    /// it the last bits of the sums.
    pub fn strand(&mut self) {
        let statements = std::mem::take(&mut self.statements);
        let forward = self.forward;
        for (place, statement) in statements.into_iter().enumerate() {
            match strand_loop(&statement) {
                Some(axis) => self.push_strands(statement, axis),
                None => self.statements.push(statement),
            }
            if place + 1 == forward {
                self.forward = self.statements.len();
            }
        }
    }

    fn push_strands(&mut self, statement: Statement, axis: usize) {
        let (outer, _) = statement.sides();
        let shape: Vec<usize> = outer.iter().copied().chain([STRANDS]).collect();
        let tensor = self.push_tensor(shape.clone(), Role::Computed);
        self.gradients.resize(self.tensors.len(), None);
        let strands = Access::whole(tensor, &shape);
        let mut out = statement.out.of_outer(statement.outer);
        out.strides.push(0);
        let sum = Statement {
            outer: statement.outer,
            out,
            inputs: vec![strands.clone()],
            work: Work::Operation(Operation::Identity),
            domain: shape,
            ..statement.clone()
        };
        self.statements.extend([in_strands(statement, axis, strands), sum]);
    }
}

/// The inner loop whose passages become strands: it goes from neighbour to neighbour in what is read.
fn strand_loop(statement: &Statement) -> Option<usize> {
    let passages: usize = statement.sides().1.iter().product();
    let is_long = passages >= LEAST && matches!(statement.fold, Fold::Sum(_));
    let is_even = |axis: &usize| {
        let strides = || statement.inputs.iter().map(|input| input.by(*axis));
        let by = strides().find(|&by| by != 0).unwrap_or(0);
        let is_whole = statement.size(*axis).is_multiple_of(STRANDS);
        is_whole && by.abs() == 1 && strides().all(|stride| stride == 0 || stride == by)
    };
    (statement.outer..statement.domain.len()).filter(|_| is_long && statement.is_direct()).find(is_even)
}

/// The statement with a loop more, over the strands, as the last of the outer ones.
fn in_strands(statement: Statement, axis: usize, out: Access) -> Statement {
    let outer = statement.outer;
    let mut domain = statement.domain;
    domain.iter_mut().skip(axis).take(1).for_each(|size| *size /= STRANDS);
    domain.insert(outer, STRANDS);
    let input = |mut input: Access| {
        let by = input.by(axis);
        input.strides.iter_mut().skip(axis).take(1).for_each(|by| *by *= STRANDS as isize);
        // Neighbours are met in rising order, as in the tensor of the strands.
        input.offset += by.min(0) * (STRANDS as isize - 1);
        input.strides.insert(outer, by.abs());
        input
    };
    let mut out = out;
    out.strides.resize(domain.len(), 0);
    Statement {
        outer: outer + 1,
        domain,
        out,
        inputs: statement.inputs.into_iter().map(input).collect(),
        fold: Fold::Sum(Start::Number(NOTHING)),
        ..statement
    }
}
