//! Tensors in forward mode, written for the tests from the definitions: every element is computed
//! from its index, one after the other, and carries its derivative.

mod arrangement;
mod reduction;
mod tensor;
mod window;

use std::collections::HashMap;

use downhill::formula::BinaryOperator::{Add, Multiply};
use downhill::formula::{Arguments, Expression, Program, TensorOperation, Term};

use self::arrangement::{embedding, joined, padded, reshaped, sliced, transposed, upsampled};
use self::reduction::{
    axes, cross_entropy, first_axis, largest, last_axis, log_softmax, norm, reduced, shared_largest, softmax,
};
pub use self::tensor::Tensor;
use self::tensor::{mean, pairs, sum, two};
use self::window::{Window, convolved, pool, pooled, product};
use crate::dual::{Dual, of_function};

/// What knows the tensors of a program.
#[derive(Default)]
pub struct Textbook {
    pub known: HashMap<String, Tensor>,
    /// Which way was taken wherever a function has a kink or a jump.
    pub branches: Vec<usize>,
    /// Whether the last digit of a number decided which way was taken.
    pub is_delicate: bool,
}

impl Textbook {
    /// The last line's tensor; lines that are known already are not computed.
    pub fn output(&mut self, program: &Program) -> Tensor {
        let mut last = Tensor { shape: Vec::new(), numbers: Vec::new() };
        for line in program.lines() {
            last = match self.known.get(line.name()) {
                Some(known) => known.clone(),
                None => self.expression(&line.expression),
            };
            self.known.insert(line.name().to_owned(), last.clone());
        }
        last
    }

    fn expression(&mut self, expression: &Expression) -> Tensor {
        let mut done: Vec<Tensor> = Vec::new();
        for term in expression.terms() {
            let tensor = match term {
                Term::Number(value) => Tensor::made(&[], |_| Dual::constant(*value)),
                Term::Constant(constant) => Tensor::made(&[], |_| Dual::constant(constant.value)),
                Term::Name(name) => self.known[name].clone(),
                Term::Negate(a) => Tensor::made(&done[*a].shape, |index| {
                    let a = done[*a].at(index);
                    a.one(-a.value, -1.0)
                }),
                Term::Binary(operator, [a, b]) => pairs(&done[*a], &done[*b], |a, b| two(*operator, a, b)),
                Term::Call(function, arguments) => {
                    let [a, b] = [arguments[0], arguments[arguments.len() - 1]];
                    pairs(&done[a], &done[b], |x, y| self.called(function.name, x, y, arguments.len()))
                }
                Term::Tensor(operation, operands) => {
                    let operands: Vec<&Tensor> = operands.iter().map(|&operand| &done[operand]).collect();
                    self.operation(operation, &operands)
                }
                Term::Derivative(..) => panic!("a program of tensors has none"),
            };
            done.push(tensor);
        }
        done.swap_remove(done.len() - 1)
    }

    fn called(&mut self, name: &str, a: Dual, b: Dual, count: usize) -> Dual {
        let other = if count == 1 { 0.0 } else { b.value };
        if count == 2 || ["relu", "abs", "sign", "step"].contains(&name) {
            self.branches.push(a.value.partial_cmp(&other).map_or(9, |order| (order as i8 + 1) as usize));
            self.is_delicate |= is_close(a.value, other);
        }
        of_function(name, a, b)
    }

    fn operation(&mut self, operation: &TensorOperation, operands: &[&Tensor]) -> Tensor {
        match operation {
            TensorOperation::List => {
                let inner = operands.first().map_or(Vec::new(), |item| item.shape.clone());
                let shape = [vec![operands.len()], inner].concat();
                Tensor::made(&shape, |index| operands[index[0]].at(&index[1..]))
            }
            TensorOperation::MatrixProduct => product(operands[0], operands[1]),
            TensorOperation::Slice(slices) => sliced(operands[0], slices),
            TensorOperation::Call(function, arguments) => self.call(function.name, operands, arguments),
        }
    }

    fn call(&mut self, name: &str, operands: &[&Tensor], arguments: &Arguments) -> Tensor {
        let sizes: Vec<usize> = arguments.numbers.iter().map(|&size| size.max(0) as usize).collect();
        let axes = |a: &Tensor| axes(a, arguments.option("axis"));
        match (name, operands) {
            ("ones", _) => Tensor::made(&sizes, |_| Dual::constant(1.0)),
            ("zeros", _) => Tensor::made(&sizes, |_| Dual::constant(0.0)),
            ("sum", [a]) => reduced(a, &axes(a), |numbers| sum(numbers.iter().copied())),
            ("mean", [a]) => reduced(a, &axes(a), mean),
            ("norm", [a]) => reduced(a, &axes(a), norm),
            ("argmax", [a]) => reduced(a, &axes(a), |numbers| Dual::constant(self.chosen(numbers) as f64)),
            ("max", [a]) if arguments.option("axis").is_some_and(|axes| axes.len() == 1) => {
                reduced(a, &axes(a), |numbers| numbers[self.chosen(numbers)])
            }
            ("max", [a]) => reduced(a, &axes(a), |numbers| {
                self.chosen(numbers);
                shared_largest(numbers)
            }),
            ("softmax", [a]) => softmax(a, &last_axis(a, arguments)),
            ("log_softmax", [a]) => log_softmax(a, &last_axis(a, arguments)),
            ("cross_entropy", [z, label]) => cross_entropy(z, label),
            ("embedding", [table, rows]) => embedding(table, rows),
            ("where", [condition, a, b]) => self.choice(condition, a, b),
            ("outer", [a, b]) => {
                Tensor::made(&[a.shape[0], b.shape[0]], |index| two(Multiply, a.at(&index[..1]), b.at(&index[1..])))
            }
            ("transpose", [a]) => transposed(a),
            ("reshape", [a]) => reshaped(a, &arguments.numbers),
            ("concat", items) => joined(items, first_axis(items[0], arguments)),
            ("pad", [a]) => padded(a, &sizes),
            ("upsample", [a]) => upsampled(a, sizes[0]),
            ("conv", [x, kernels]) => convolved(x, kernels, &Window::of(&kernels.shape[2..], 1, arguments)),
            ("maxpool", [x]) => pooled(x, &pool(x, sizes[0], arguments), |inside| {
                let inside: Vec<Dual> = inside.iter().flatten().copied().collect();
                if inside.is_empty() { Dual::constant(f64::NEG_INFINITY) } else { inside[self.chosen(&inside)] }
            }),
            ("avgpool", [x]) => pooled(x, &pool(x, sizes[0], arguments), |inside| {
                let zero = Dual::constant(0.0);
                mean(&inside.iter().map(|number| number.unwrap_or(zero)).collect::<Vec<_>>())
            }),
            _ => panic!("no definition of {name} is written down here"),
        }
    }

    /// The place of the first one of the largest.
    fn chosen(&mut self, numbers: &[Dual]) -> usize {
        let place = largest(numbers);
        self.branches.push(place);
        self.is_delicate |= numbers.iter().any(|number| is_close(number.value, numbers[place].value));
        place
    }

    fn choice(&mut self, condition: &Tensor, a: &Tensor, b: &Tensor) -> Tensor {
        let kept = pairs(a, condition, |a, condition| if condition.value == 0.0 { Dual::constant(0.0) } else { a });
        let other = pairs(b, condition, |b, condition| if condition.value == 0.0 { b } else { Dual::constant(0.0) });
        self.branches.extend(condition.numbers.iter().map(|number| usize::from(number.value == 0.0)));
        pairs(&kept, &other, |a, b| two(Add, a, b))
    }
}

/// Whether two numbers differ, but hardly.
fn is_close(a: f64, b: f64) -> bool {
    a != b && (a - b).abs() < 1e-9 * (1.0 + a.abs())
}
