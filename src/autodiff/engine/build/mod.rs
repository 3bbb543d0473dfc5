//! A program becomes statements.

mod arithmetic;
mod arrange;
mod call;
mod draw;
mod operations;
mod pick;
mod reduce;
mod view;
mod window;

use rustc_hash::FxHashMap;

pub use self::operations::{OperationInput, OperationNode, Operations, Source, operations};
pub use self::view::View;
use super::shape::within_limits;
use super::{
    Access, Code, Error, ErrorKind, Fold, MAX_ELEMENTS, MAX_LARGE, MAX_PASSAGES, Role, Statement, TensorId, Work, count,
};
use crate::autodiff::Operation;
use crate::formula::{BinaryOperator, Expression, Span, TensorOperation, Term};

/// Appends the statements of expressions to a code.
#[derive(Default)]
pub struct Builder {
    code: Code,
    known: FxHashMap<String, View>,
    constants: FxHashMap<u64, TensorId>,
    /// How many numbers all tensors have, and whether they may have more than [`MAX_ELEMENTS`].
    elements: usize,
    is_large: bool,
    /// The place of the term in work.
    span: Span,
}

type Made = Result<View, ErrorKind>;

impl Builder {
    /// For tensors that have more numbers together than those of a small program.
    #[must_use]
    pub fn large() -> Self {
        Self { is_large: true, ..Self::default() }
    }

    /// The statements so far.
    #[must_use]
    pub fn finish(mut self) -> Code {
        self.code.forward = self.code.statements.len();
        self.code.gradients = vec![None; self.code.tensors.len()];
        self.code
    }

    /// How many statements there are.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.code.statements
    }

    /// A tensor whose numbers are given, under a name.
    ///
    /// # Errors
    /// When it has too many axes or elements.
    pub fn leaf(&mut self, name: &str, shape: Vec<usize>) -> Result<TensorId, ErrorKind> {
        let tensor = self.tensor(within_limits(shape)?, Role::Leaf)?;
        self.name(name, View::whole(tensor, self.code.shape(tensor).to_vec()));
        Ok(tensor)
    }

    /// Gives a name to a tensor.
    pub fn name(&mut self, name: &str, view: View) {
        self.known.insert(name.to_owned(), view);
    }

    /// The tensor of an expression's last term, with elements of its own.
    ///
    /// # Errors
    /// When shapes do not fit, a name has no value, or there are too many elements.
    pub fn line(&mut self, expression: &Expression) -> Result<View, Error> {
        let before = self.code.tensors.len();
        let view = self.expression(expression)?;
        let is_own = view.tensor >= before
            && self.code.tensors[view.tensor].role == Role::Computed
            && view.is_row_major()
            && view.shape == self.code.shape(view.tensor);
        if is_own { Ok(view) } else { self.copied(&view).map_err(|kind| Error { kind, span: self.span }) }
    }

    /// The tensor of an expression's last term.
    ///
    /// # Errors
    /// Those of [`Builder::line`].
    pub fn expression(&mut self, expression: &Expression) -> Result<View, Error> {
        let mut done: Vec<View> = Vec::with_capacity(expression.terms().len());
        for (place, term) in expression.terms().iter().enumerate() {
            self.span = expression.span(place);
            let view = self.term(expression, term, &done);
            done.push(view.map_err(|kind| Error { kind, span: self.span })?);
        }
        Ok(done.swap_remove(expression.terms().len() - 1))
    }

    /// A term's tensor, unless its statements have too many passages.
    fn term(&mut self, expression: &Expression, term: &Term, done: &[View]) -> Made {
        let before = self.code.statements.len();
        let view = self.made(expression, term, done)?;
        let is_long = |statement: &Statement| statement.passages() > MAX_PASSAGES;
        if self.code.statements[before..].iter().any(is_long) { Err(ErrorKind::TooMuchWork) } else { Ok(view) }
    }

    fn made(&mut self, expression: &Expression, term: &Term, done: &[View]) -> Made {
        match term {
            Term::Number(value) => self.constant(*value),
            Term::Constant(constant) => self.constant(constant.value),
            Term::Name(name) => self.known.get(name).cloned().ok_or_else(|| ErrorKind::NoValue(name.clone())),
            Term::Negate(a) => self.each(Operation::Negate, &done[*a]),
            Term::Binary(operator, [a, b]) => self.binary(*operator, &expression.terms()[*b], [&done[*a], &done[*b]]),
            Term::Call(function, arguments) => match arguments.as_slice() {
                [a] => self.each(Operation::Call(function), &done[*a]),
                [a, b, ..] => self.pairs(Operation::Call(function), &done[*a], &done[*b]),
                [] => self.constant(f64::NAN),
            },
            Term::Tensor(operation, operands) => {
                let operands: Vec<View> = operands.iter().map(|&operand| done[operand].clone()).collect();
                self.tensor_operation(operation, &operands)
            }
            Term::Derivative(_, a) => Ok(done[*a].clone()),
        }
    }

    /// A power with a number as its exponent is an operation of its own, as in a scalar program.
    fn binary(&mut self, operator: BinaryOperator, exponent: &Term, [a, b]: [&View; 2]) -> Made {
        match (operator, exponent) {
            (BinaryOperator::Power, Term::Number(value)) => self.each(Operation::PowerOf(*value), a),
            _ => self.pairs(operator.into(), a, b),
        }
    }

    fn tensor_operation(&mut self, operation: &TensorOperation, operands: &[View]) -> Made {
        match operation {
            TensorOperation::List => self.list(operands),
            TensorOperation::MatrixProduct => self.matrix_product(&operands[0], &operands[1]),
            TensorOperation::Slice(slices) => arrange::sliced(&operands[0], slices),
            TensorOperation::Call(function, arguments) => self.call(function.name, operands, arguments),
        }
    }

    /// A single number.
    fn constant(&mut self, value: f64) -> Made {
        if let Some(&known) = self.constants.get(&value.to_bits()) {
            return Ok(View::whole(known, Vec::new()));
        }
        let view = self.constants(Vec::new(), vec![value])?;
        self.constants.insert(value.to_bits(), view.tensor);
        Ok(view)
    }

    /// Numbers that are known.
    fn constants(&mut self, shape: Vec<usize>, values: Vec<f64>) -> Made {
        let tensor = self.tensor(shape.clone(), Role::Constant(values))?;
        Ok(View::whole(tensor, shape))
    }

    fn tensor(&mut self, shape: Vec<usize>, role: Role) -> Result<TensorId, ErrorKind> {
        self.elements = self.elements.saturating_add(count(&shape).max(1));
        match self.elements {
            elements if elements > MAX_LARGE => Err(ErrorKind::TooManyLarge),
            elements if elements > MAX_ELEMENTS && !self.is_large => Err(ErrorKind::TooManyElements(None)),
            _ => Ok(self.code.push_tensor(shape, role)),
        }
    }

    /// A new tensor that is computed.
    fn computed(&mut self, shape: Vec<usize>) -> Made {
        let shape = within_limits(shape)?;
        let tensor = self.tensor(shape.clone(), Role::Computed)?;
        Ok(View::whole(tensor, shape))
    }

    /// Appends a statement with a loop for each axis of `out` and for each of the inner `loops`.
    /// The inputs have these axes, in this order.
    fn push(&mut self, work: Operation, fold: Fold, out: &View, loops: &[usize], inputs: Vec<Access>) {
        let mut access = out.access();
        access.strides.resize(out.shape.len() + loops.len(), 0);
        self.code.statements.push(Statement {
            outer: out.shape.len(),
            domain: out.shape.iter().chain(loops).copied().collect(),
            out: access,
            inputs,
            work: Work::Operation(work),
            fold,
            detached: false,
            span: self.span,
        });
    }

    /// The same numbers in a tensor of their own.
    fn copied(&mut self, view: &View) -> Made {
        let out = self.computed(view.shape.clone())?;
        self.push(Operation::Identity, Fold::Set, &out, &[], vec![view.access()]);
        Ok(out)
    }
}
