//! Formula to text, with the fewest parentheses that read back as the same formula.

use std::fmt;

use super::{Notation, Part, needed, write};
use crate::formula::operator::{ATOM, NEGATION};
use crate::formula::{BinaryOperator, Derivative, Expression, Line, Program};
use crate::function::{Constant, Function};
use crate::number::repr;

pub(crate) struct Text;

impl Notation for Text {
    fn number(&self, value: f64) -> Part {
        let tightness = if value.is_sign_negative() { NEGATION } else { ATOM };
        Part::new(plain(value), tightness)
    }

    fn name(&self, name: &str) -> Part {
        Part::atom(name.to_owned())
    }

    fn constant(&self, constant: &Constant) -> Part {
        Part::atom(constant.name.to_owned())
    }

    fn negate(&self, operand: Part) -> Part {
        Part::new(["-", &wrapped(operand, NEGATION)].concat(), NEGATION)
    }

    fn binary(&self, operator: BinaryOperator, [left, right]: [Part; 2]) -> Part {
        let [minimum, right_minimum] = needed(operator);
        let text = joined(wrapped(left, minimum), operator.symbol(), &wrapped(right, right_minimum));
        Part::new(text, operator.tightness())
    }

    fn call(&self, function: &'static Function, arguments: Vec<Part>) -> Part {
        let arguments: Vec<String> = arguments.into_iter().map(|argument| argument.text).collect();
        Part::atom(format!("{}({})", function.name, arguments.join(", ")))
    }

    fn derivative(&self, derivative: &Derivative, operand: Part) -> Part {
        Part::atom(["d/d", &derivative.variable, "[", &operand.text, "]"].concat())
    }
}

/// The shortest digits, without the `.0` of a whole number.
pub(super) fn plain(value: f64) -> String {
    let text = repr(value);
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// An exponent without its plus sign and zeros: `-7` for `-07`.
pub(super) fn power_of_ten(exponent: &str) -> String {
    exponent.parse::<i32>().unwrap_or_default().to_string()
}

/// Two parts with a sign between them; the left one grows, so that a long sum costs its length.
pub(super) fn joined(mut left: String, sign: &str, right: &str) -> String {
    left.push_str(sign);
    left.push_str(right);
    left
}

/// In parentheses where it does not hold together tightly enough.
pub(super) fn wrapped(part: Part, minimum: u8) -> String {
    if part.tightness >= minimum { part.text } else { ["(", &part.text, ")"].concat() }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&write(self, &Text))
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.name(), self.expression)
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.lines().iter().map(Line::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}
