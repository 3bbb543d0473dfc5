//! Formula to text, with the fewest parentheses that read back as the same formula.

use std::fmt;

use super::operator::{ATOM, NEGATION};
use super::{Expression, Line, Program, Term};
use crate::number;

/// A printed part and how tightly it holds together.
#[derive(Clone, Default)]
struct Part {
    text: String,
    tightness: u8,
}

impl fmt::Display for Expression {
    /// Terms are printed operands first, and each takes its first operand's text over, so that a
    /// sum of many terms costs its length and no stack.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts: Vec<Part> = Vec::with_capacity(self.terms().len());
        for term in self.terms() {
            let part = print(term, &mut parts);
            parts.push(part);
        }
        f.write_str(&parts.pop().unwrap_or_default().text)
    }
}

fn print(term: &Term, parts: &mut [Part]) -> Part {
    let mut operand = |id: usize, minimum| wrapped(std::mem::take(&mut parts[id]), minimum);
    match term {
        Term::Number(value) => number(*value),
        Term::Name(name) => Part { text: name.clone(), tightness: ATOM },
        Term::Negate(id) => {
            let text = format!("-{}", operand(*id, NEGATION));
            Part { text, tightness: NEGATION }
        }
        Term::Binary(operator, [left, right]) => {
            let binding = operator.binding();
            let mut text = operand(*left, binding.left);
            text.push_str(operator.symbol());
            // A sign may begin any operand, so the right side of a power needs no parentheses for it.
            text.push_str(&operand(*right, binding.right.min(NEGATION)));
            Part { text, tightness: operator.tightness() }
        }
        Term::Call(function, arguments) => {
            let arguments: Vec<String> = arguments.iter().map(|&id| operand(id, 0)).collect();
            let text = format!("{}({})", function.name, arguments.join(", "));
            Part { text, tightness: ATOM }
        }
    }
}

fn number(value: f64) -> Part {
    let text = number::repr(value);
    let text = text.strip_suffix(".0").unwrap_or(&text).to_owned();
    let tightness = if value.is_sign_negative() { NEGATION } else { ATOM };
    Part { text, tightness }
}

fn wrapped(part: Part, minimum: u8) -> String {
    if part.tightness >= minimum { part.text } else { format!("({})", part.text) }
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
