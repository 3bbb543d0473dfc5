//! The tensors and statements of a program.

use super::{Access, Fold, Statement, Work};
use crate::autodiff::Operation;
use crate::formula::Span;

/// The place of a tensor in its code.
pub type TensorId = usize;

/// Where a tensor's numbers come from.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// They are given: a data column or a parameter.
    Leaf,
    /// They are written in the program.
    Constant(Vec<f64>),
    /// Statements compute them.
    Computed,
}

/// A tensor.
#[derive(Clone, Debug, PartialEq)]
pub struct TensorInfo {
    /// The sizes of its axes; none for a single number.
    pub shape: Vec<usize>,
    /// Where its numbers come from.
    pub role: Role,
}

/// A program as statements: those of the forward pass, then those of the backward pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Code {
    /// The tensors, gradients included.
    pub tensors: Vec<TensorInfo>,
    /// The statements in the order in which they are run.
    pub statements: Vec<Statement>,
    /// How many statements belong to the forward pass.
    pub forward: usize,
    /// The gradient of each tensor that has one.
    pub gradients: Vec<Option<TensorId>>,
}

impl Code {
    pub(super) fn push_tensor(&mut self, shape: Vec<usize>, role: Role) -> TensorId {
        self.tensors.push(TensorInfo { shape, role });
        self.tensors.len() - 1
    }

    /// The shape of a tensor.
    #[must_use]
    pub fn shape(&self, tensor: TensorId) -> &[usize] {
        &self.tensors[tensor].shape
    }

    /// The statements of the forward pass.
    #[must_use]
    pub fn forward(&self) -> &[Statement] {
        &self.statements[..self.forward]
    }

    /// The statements of the backward pass.
    #[must_use]
    pub fn backward(&self) -> &[Statement] {
        &self.statements[self.forward..]
    }

    /// A statement that puts one number, the single element of `from`, into all elements of `to`.
    pub(super) fn fill(&self, to: TensorId, from: TensorId) -> Statement {
        let shape = self.shape(to).to_vec();
        Statement {
            outer: shape.len(),
            out: Access::whole(to, &shape),
            inputs: vec![Access { tensor: from, offset: 0, strides: vec![0; shape.len()], index: None }],
            domain: shape,
            work: Work::Operation(Operation::Identity),
            fold: Fold::Set,
            detached: true,
            span: Span::default(),
        }
    }
}
