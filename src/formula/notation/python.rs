//! Formula to Python.

use super::text::{joined, plain, wrapped};
use super::{Notation, Part, needed};
use crate::formula::operator::{ATOM, NEGATION};
use crate::formula::{BinaryOperator, Derivative};
use crate::function::{Constant, Function};

pub(super) struct Python;

impl Notation for Python {
    fn number(&self, value: f64) -> Part {
        let tightness = if value.is_sign_negative() { NEGATION } else { ATOM };
        Part::new(plain(value), tightness)
    }

    /// Python has no subscript digits in its names.
    fn name(&self, name: &str) -> Part {
        let plain = |c| match c {
            '₀'..='₉' => char::from_digit(c as u32 - '₀' as u32, 10).unwrap_or(c),
            other => other,
        };
        Part::atom(name.chars().map(plain).collect())
    }

    fn constant(&self, constant: &Constant) -> Part {
        Part::atom(if constant.name == "e" { "math.e".to_owned() } else { "math.pi".to_owned() })
    }

    fn negate(&self, operand: Part) -> Part {
        Part::new(format!("-{}", wrapped(operand, NEGATION)), NEGATION)
    }

    fn binary(&self, operator: BinaryOperator, [left, right]: [Part; 2]) -> Part {
        let [minimum, right_minimum] = needed(operator);
        let symbol = if operator == BinaryOperator::Power { "**" } else { operator.symbol() };
        let text = joined(wrapped(left, minimum), symbol, &wrapped(right, right_minimum));
        Part::new(text, operator.tightness())
    }

    /// The table has the call with `u` and `v` for the arguments. Where it has an operator beside
    /// one, the argument may need parentheses; inside a call or after a comma it needs none.
    fn call(&self, function: &'static Function, arguments: Vec<Part>) -> Part {
        let alone = function.python.ends_with("(u)") || function.python.contains(", ");
        let minimum = if alone { 0 } else { ATOM };
        let arguments: Vec<String> = arguments.into_iter().map(|argument| wrapped(argument, minimum)).collect();
        let mut text = String::new();
        let mut last = ' ';
        for (place, c) in function.python.char_indices() {
            let next = function.python[place + 1..].chars().next().unwrap_or(' ');
            let placeholder = matches!(c, 'u' | 'v') && !last.is_alphanumeric() && !next.is_alphanumeric();
            match arguments.get(usize::from(c == 'v')) {
                Some(argument) if placeholder => text.push_str(argument),
                _ => text.push(c),
            }
            last = c;
        }
        Part::atom(text)
    }

    fn derivative(&self, derivative: &Derivative, operand: Part) -> Part {
        Part::atom(format!("derivative({}, {})", operand.text, derivative.variable))
    }
}
