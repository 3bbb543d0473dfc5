//! Formula to PyTorch.

use super::python::Python;
use super::{Notation, Part};
use crate::formula::{BinaryOperator, Derivative};
use crate::function::{Constant, Function};
use crate::number;

/// Python, with functions of tensors in the place of those of numbers.
pub(super) struct Torch;

impl Notation for Torch {
    fn number(&self, value: f64) -> Part {
        Python.number(value)
    }

    fn name(&self, name: &str) -> Part {
        Python.name(name)
    }

    fn constant(&self, constant: &Constant) -> Part {
        Python.constant(constant)
    }

    fn negate(&self, operand: Part) -> Part {
        Python.negate(operand)
    }

    fn binary(&self, operator: BinaryOperator, operands: [Part; 2]) -> Part {
        Python.binary(operator, operands)
    }

    fn call(&self, function: &'static Function, arguments: Vec<Part>) -> Part {
        let arguments: Vec<String> = arguments.into_iter().map(tensor).collect();
        Part::atom(match function.name {
            "softplus" => format!("torch.nn.functional.softplus({})", arguments[0]),
            "step" => format!("({} > 0).double()", arguments[0]),
            "min" => format!("torch.minimum({})", arguments.join(", ")),
            "max" => format!("torch.maximum({})", arguments.join(", ")),
            "gt" | "ge" | "lt" | "le" | "eq" | "ne" => {
                format!("torch.{}({}).double()", function.name, arguments.join(", "))
            }
            name => format!("torch.{name}({})", arguments.join(", ")),
        })
    }

    fn list(&self, items: &[String]) -> String {
        format!("stack([{}])", items.join(", "))
    }

    fn derivative(&self, derivative: &Derivative, operand: Part) -> Part {
        Python.derivative(derivative, operand)
    }
}

/// PyTorch's functions take no plain numbers.
fn tensor(argument: Part) -> String {
    let is_number = number::read(&argument.text).is_some() || argument.text.starts_with("math.");
    if is_number { format!("torch.tensor(float({}))", argument.text) } else { argument.text }
}
