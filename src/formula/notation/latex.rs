//! Formula to LaTeX.

use super::text::{joined, plain, power_of_ten};
use super::{Letters, Notation, Part, needed};
use crate::formula::operator::{ATOM, NEGATION};
use crate::formula::{BinaryOperator, Derivative};
use crate::function::{Constant, Function};

pub(super) struct Latex;

/// Functions that LaTeX knows under the same name.
const KNOWN: [&str; 10] = ["exp", "log", "sin", "cos", "tan", "sinh", "cosh", "tanh", "min", "max"];

impl Notation for Latex {
    fn number(&self, value: f64) -> Part {
        let text = match plain(value).split_once('e') {
            Some((mantissa, exponent)) => {
                let exponent = power_of_ten(exponent);
                return Part::new(format!("{mantissa} \\cdot 10^{{{exponent}}}"), BinaryOperator::Multiply.tightness());
            }
            None => plain(value),
        };
        let tightness = if value.is_sign_negative() { NEGATION } else { ATOM };
        Part { digit: true, ..Part::new(text, tightness) }
    }

    fn name(&self, name: &str) -> Part {
        let Letters { base, hat, subscript } = Letters::of(name);
        let base = letters(base);
        let base = if hat { format!("\\hat{{{base}}}") } else { base };
        Part::atom(match subscript {
            Some(subscript) => format!("{base}_{{{}}}", letters(subscript)),
            None => base,
        })
    }

    fn constant(&self, constant: &Constant) -> Part {
        Part::atom(if constant.name == "e" { "e".to_owned() } else { "\\pi".to_owned() })
    }

    fn negate(&self, operand: Part) -> Part {
        Part::new(format!("-{}", wrapped(operand, NEGATION)), NEGATION)
    }

    fn binary(&self, operator: BinaryOperator, [left, right]: [Part; 2]) -> Part {
        let [minimum, right_minimum] = needed(operator);
        let digit = left.digit && left.tightness >= minimum;
        let text = match operator {
            BinaryOperator::Divide => {
                return Part::new(
                    format!("\\frac{{{}}}{{{}}}", left.text, right.text),
                    BinaryOperator::Multiply.tightness(),
                );
            }
            BinaryOperator::Power => format!("{}^{{{}}}", wrapped(left, minimum), right.text),
            BinaryOperator::Multiply => {
                let sign = if right.digit && right.tightness >= right_minimum { " \\cdot " } else { " " };
                joined(wrapped(left, minimum), sign, &wrapped(right, right_minimum))
            }
            _ => joined(wrapped(left, minimum), operator.symbol(), &wrapped(right, right_minimum)),
        };
        Part { digit, ..Part::new(text, operator.tightness()) }
    }

    fn call(&self, function: &'static Function, arguments: Vec<Part>) -> Part {
        let arguments: Vec<String> = arguments.into_iter().map(|argument| argument.text).collect();
        let inside = arguments.join(", ");
        Part::atom(match function.name {
            "sqrt" => format!("\\sqrt{{{inside}}}"),
            "abs" => format!("\\left|{inside}\\right|"),
            "log2" => format!("\\log_{{2}}\\left({inside}\\right)"),
            "log10" => format!("\\log_{{10}}\\left({inside}\\right)"),
            name if KNOWN.contains(&name) => format!("\\{name}\\left({inside}\\right)"),
            name => format!("\\operatorname{{{name}}}\\left({inside}\\right)"),
        })
    }

    fn derivative(&self, derivative: &Derivative, operand: Part) -> Part {
        let variable = self.name(&derivative.variable).text;
        Part::atom(format!("\\frac{{d}}{{d{variable}}}\\left[{}\\right]", operand.text))
    }
}

/// One letter is italic; a word is upright, or it would read as a product.
fn letters(name: &str) -> String {
    let escaped = name.replace('_', "\\_");
    if name.chars().count() == 1 { escaped } else { format!("\\mathrm{{{escaped}}}") }
}

fn wrapped(part: Part, minimum: u8) -> String {
    if part.tightness >= minimum { part.text } else { format!("\\left({}\\right)", part.text) }
}
