//! A tensor program becomes scalar nodes: an element of a tensor is a node of the one graph, so
//! that broadcasting backwards is nothing but a value that is used several times.

use rustc_hash::{FxHashMap, FxHashSet};

use super::shape::{self, MAX_ELEMENTS};
use super::tape::Tape;
use super::{Error, ErrorKind, Tensor};
use crate::autodiff::{NodeId, Operation};
use crate::formula::{BinaryOperator, Expression, Reduction, TensorOperation, Term};
use crate::function::{self, FIRST_MAX};

pub(super) struct Builder {
    pub(super) tape: Tape,
    pub(super) known: FxHashMap<String, Tensor>,
}

type Made = Result<Tensor, ErrorKind>;

impl Builder {
    /// The tensor of an expression's last term.
    pub(super) fn expression(&mut self, expression: &Expression) -> Result<Tensor, Error> {
        let mut done: Vec<Tensor> = Vec::with_capacity(expression.terms().len());
        for (place, term) in expression.terms().iter().enumerate() {
            let tensor = self.limited(|builder| builder.term(expression, term, &done));
            done.push(tensor.map_err(|kind| Error { kind, span: expression.span(place) })?);
        }
        Ok(done.swap_remove(expression.terms().len() - 1))
    }

    /// The same tensor with elements of its own: those of a line that only takes elements of
    /// another, or one of them twice, get nodes that repeat them, so that each has its own gradient.
    pub(super) fn own_elements(&mut self, tensor: Tensor, before: usize) -> Tensor {
        let mut seen = FxHashSet::default();
        let own = tensor.elements.iter().all(|&node| node as usize >= before && seen.insert(node));
        if own { tensor } else { self.each(Operation::Identity, &tensor) }
    }

    fn limited(&mut self, make: impl FnOnce(&mut Self) -> Made) -> Made {
        let tensor = make(self)?;
        match self.tape.len() {
            nodes if nodes > MAX_ELEMENTS => Err(ErrorKind::TooManyElements(None)),
            _ => Ok(tensor),
        }
    }

    fn term(&mut self, expression: &Expression, term: &Term, done: &[Tensor]) -> Made {
        match term {
            Term::Number(value) => Ok(Tensor::scalar(self.tape.constant(*value))),
            Term::Constant(constant) => Ok(Tensor::scalar(self.tape.constant(constant.value))),
            Term::Name(name) => self.known.get(name).cloned().ok_or_else(|| ErrorKind::NoValue(name.clone())),
            Term::Negate(a) => Ok(self.each(Operation::Negate, &done[*a])),
            Term::Binary(operator, [a, b]) => self.binary(*operator, &expression.terms()[*b], [&done[*a], &done[*b]]),
            Term::Call(function, arguments) => self.call(Operation::Call(function), arguments, done),
            Term::Tensor(operation, operands) => {
                let operands: Vec<&Tensor> = operands.iter().map(|&operand| &done[operand]).collect();
                self.tensor(operation, &operands)
            }
            Term::Derivative(_, a) => Ok(done[*a].clone()),
        }
    }

    /// A power with a number as its exponent is an operation of its own, as in a scalar program.
    fn binary(&mut self, operator: BinaryOperator, exponent: &Term, [a, b]: [&Tensor; 2]) -> Made {
        match (operator, exponent) {
            (BinaryOperator::Power, Term::Number(value)) => Ok(self.each(Operation::PowerOf(*value), a)),
            _ => self.pairs(operator.into(), a, b),
        }
    }

    fn call(&mut self, operation: Operation, arguments: &[usize], done: &[Tensor]) -> Made {
        match *arguments {
            [a] => Ok(self.each(operation, &done[a])),
            [a, b, ..] => self.pairs(operation, &done[a], &done[b]),
            [] => Ok(Tensor::scalar(self.tape.constant(f64::NAN))),
        }
    }

    fn each(&mut self, operation: Operation, a: &Tensor) -> Tensor {
        let elements = a.elements.iter().map(|&node| self.tape.operation(operation, [node; 2])).collect();
        Tensor { shape: a.shape.clone(), elements }
    }

    fn pairs(&mut self, operation: Operation, a: &Tensor, b: &Tensor) -> Made {
        let shape = shape::within_limits(shape::broadcast(&a.shape, &b.shape)?)?;
        let places = shape::places(&a.shape, &shape).into_iter().zip(shape::places(&b.shape, &shape));
        let pair = |(left, right): (usize, usize)| [a.elements[left], b.elements[right]];
        let elements = places.map(|places| self.tape.operation(operation, pair(places))).collect();
        Ok(Tensor { shape, elements })
    }

    fn tensor(&mut self, operation: &TensorOperation, operands: &[&Tensor]) -> Made {
        match operation {
            TensorOperation::List => list(operands),
            TensorOperation::Ones(sizes) => self.filled(1.0, sizes),
            TensorOperation::Zeros(sizes) => self.filled(0.0, sizes),
            TensorOperation::MatrixProduct => self.matrix_product(operands[0], operands[1]),
            TensorOperation::Reduce(reduction, axis) => self.reduce(*reduction, *axis, operands[0]),
            TensorOperation::Transpose => Ok(transposed(operands[0])),
            TensorOperation::Reshape(sizes) => {
                let shape = shape::reshaped(&operands[0].shape, sizes)?;
                Ok(Tensor { shape, elements: operands[0].elements.clone() })
            }
            TensorOperation::Element(place) => element(operands[0], place),
        }
    }

    fn filled(&mut self, value: f64, sizes: &[i64]) -> Made {
        let shape = shape::checked(sizes)?;
        let elements = vec![self.tape.constant(value); shape::count(&shape)];
        Ok(Tensor { shape, elements })
    }

    fn reduce(&mut self, reduction: Reduction, axis: Option<i64>, a: &Tensor) -> Made {
        let Some(axis) = axis else {
            let node = self.reduced(reduction, &a.elements, false)?;
            return Ok(Tensor::scalar(node));
        };
        let axis = shape::axis(axis, &a.shape)?;
        let mut shape = a.shape.clone();
        let length = shape.remove(axis);
        let step: usize = a.shape[axis + 1..].iter().product();
        let row = |place: usize| {
            let first = place / step * step * length + place % step;
            (0..length).map(|k| a.elements[first + k * step]).collect::<Vec<_>>()
        };
        let elements: Result<_, _> =
            (0..shape::count(&shape)).map(|place| self.reduced(reduction, &row(place), true)).collect();
        Ok(Tensor { shape, elements: elements? })
    }

    /// One number of many. The largest along an axis is one element, the first where several are
    /// as large; the largest of all gives each of two equal ones half of the gradient.
    fn reduced(&mut self, reduction: Reduction, nodes: &[NodeId], along_axis: bool) -> Result<NodeId, ErrorKind> {
        let max = if along_axis { Operation::Call(&FIRST_MAX) } else { largest() };
        match (reduction, nodes) {
            (Reduction::Max, []) => Err(ErrorKind::MaxOfNothing),
            (Reduction::Max, [first, rest @ ..]) => Ok(self.fold(max, *first, rest)),
            (Reduction::Sum, nodes) => Ok(self.total(nodes)),
            (Reduction::Mean, nodes) => {
                let (total, count) = (self.total(nodes), self.tape.constant(nodes.len() as f64));
                Ok(self.tape.operation(Operation::Divide, [total, count]))
            }
        }
    }

    fn total(&mut self, nodes: &[NodeId]) -> NodeId {
        match nodes {
            [] => self.tape.constant(0.0),
            [first, rest @ ..] => self.fold(Operation::Add, *first, rest),
        }
    }

    fn fold(&mut self, operation: Operation, first: NodeId, rest: &[NodeId]) -> NodeId {
        rest.iter().fold(first, |left, &right| self.tape.operation(operation, [left, right]))
    }

    /// A vector counts as a row on the left and as a column on the right, and its axis disappears;
    /// axes before the last two are broadcast.
    fn matrix_product(&mut self, a: &Tensor, b: &Tensor) -> Made {
        let refused = || ErrorKind::MatrixProduct(a.shape.clone(), b.shape.clone());
        let (left, right) = (as_matrix(a, true).ok_or_else(refused)?, as_matrix(b, false).ok_or_else(refused)?);
        let ([.., rows, inner], [.., other, columns]) = (left.as_slice(), right.as_slice()) else {
            return Err(refused());
        };
        if inner != other {
            return Err(refused());
        }
        let (outer_left, outer_right) = (&left[..left.len() - 2], &right[..right.len() - 2]);
        let outer = shape::broadcast(outer_left, outer_right).map_err(|_| refused())?;
        let mut whole = outer.clone();
        whole.extend([*rows, *columns]);
        let whole = shape::within_limits(whole)?;
        let blocks = shape::places(outer_left, &outer).into_iter().zip(shape::places(outer_right, &outer));
        let mut elements = Vec::with_capacity(shape::count(&whole));
        for (left, right) in blocks {
            let (left, right) = (&a.elements[left * rows * inner..], &b.elements[right * inner * columns..]);
            for place in 0..rows * columns {
                let (row, column) = (place / columns, place % columns);
                let pairs = (0..*inner).map(|k| [left[row * inner + k], right[k * columns + column]]);
                elements.push(self.dot(pairs)?);
            }
        }
        Ok(Tensor { shape: without_vector_axes(whole, a, b), elements })
    }

    fn dot(&mut self, pairs: impl Iterator<Item = [NodeId; 2]>) -> Result<NodeId, ErrorKind> {
        let products: Vec<NodeId> = pairs.map(|pair| self.tape.operation(Operation::Multiply, pair)).collect();
        match self.tape.len() {
            nodes if nodes > MAX_ELEMENTS => Err(ErrorKind::TooManyElements(None)),
            _ => Ok(self.total(&products)),
        }
    }
}

fn largest() -> Operation {
    Operation::Call(function::find("max").unwrap_or(&FIRST_MAX))
}

fn list(items: &[&Tensor]) -> Made {
    let inner = items.first().map_or(Vec::new(), |item| item.shape.clone());
    if let Some(other) = items.iter().find(|item| item.shape != inner) {
        return Err(ErrorKind::Ragged(inner, other.shape.clone()));
    }
    let mut shape = vec![items.len()];
    shape.extend(inner);
    let elements = items.iter().flat_map(|item| item.elements.iter().copied()).collect();
    Ok(Tensor { shape: shape::within_limits(shape)?, elements })
}

fn transposed(a: &Tensor) -> Tensor {
    let [outer @ .., rows, columns] = a.shape.as_slice() else { return a.clone() };
    let mut shape = outer.to_vec();
    shape.extend([*columns, *rows]);
    let block = rows * columns;
    let place = |place: usize| {
        let (start, inside) = (place / block * block, place % block);
        start + inside % rows * columns + inside / rows
    };
    let elements = (0..a.elements.len()).map(|to| a.elements[place(to)]).collect();
    Tensor { shape, elements }
}

/// One element, or for fewer numbers than axes the tensor at that place.
fn element(a: &Tensor, place: &[i64]) -> Made {
    let refused = || ErrorKind::Place(place.to_vec(), a.shape.clone());
    if place.is_empty() || place.len() > a.shape.len() {
        return Err(refused());
    }
    let shape = a.shape[place.len()..].to_vec();
    let mut start = 0;
    for (&at, &size) in place.iter().zip(&a.shape) {
        let at = usize::try_from(if at < 0 { at + size as i64 } else { at }).ok();
        start = start * size + at.filter(|&at| at < size).ok_or_else(refused)?;
    }
    let length = shape::count(&shape);
    Ok(Tensor { shape, elements: a.elements[start * length..(start + 1) * length].to_vec() })
}

/// A tensor's shape as one of matrices; nothing for a single number.
fn as_matrix(a: &Tensor, is_left: bool) -> Option<Vec<usize>> {
    match (a.shape.as_slice(), is_left) {
        ([], _) => None,
        ([size], true) => Some(vec![1, *size]),
        ([size], false) => Some(vec![*size, 1]),
        (shape, _) => Some(shape.to_vec()),
    }
}

fn without_vector_axes(mut whole: Vec<usize>, a: &Tensor, b: &Tensor) -> Vec<usize> {
    if b.shape.len() == 1 {
        whole.pop();
    }
    if a.shape.len() == 1 {
        whole.remove(whole.len() - if b.shape.len() == 1 { 1 } else { 2 });
    }
    whole
}
