//! Formula to MathML Core.

use super::text::{joined, plain, power_of_ten};
use super::{Letters, Notation, Part, needed};
use crate::formula::operator::{ATOM, NEGATION};
use crate::formula::{BinaryOperator, Derivative, TensorOperation};
use crate::function::{Constant, Function};
use crate::number::typographic;

pub(crate) struct MathMl;

/// A product that is read without being seen.
const INVISIBLE_TIMES: &str = "<mo>&#x2062;</mo>";
/// The same beside a word, which would run into the other factor.
const THIN_TIMES: &str = "<mo lspace=\"0.17em\">&#x2062;</mo>";

impl Notation for MathMl {
    fn number(&self, value: f64) -> Part {
        let text = plain(value);
        if let Some((mantissa, exponent)) = text.split_once('e') {
            let exponent = typographic(&power_of_ten(exponent));
            let power = format!("<msup><mn>10</mn><mn>{exponent}</mn></msup>");
            let text = format!("<mn>{}</mn><mo>⋅</mo>{power}", typographic(mantissa));
            return Part { digit: true, ..Part::new(text, BinaryOperator::Multiply.tightness()) };
        }
        let tightness = if value.is_sign_negative() { NEGATION } else { ATOM };
        Part { digit: true, ..Part::new(["<mn>", &typographic(&text), "</mn>"].concat(), tightness) }
    }

    fn name(&self, name: &str) -> Part {
        let Letters { base, hat, subscript } = Letters::of(name);
        let letters = base.chars().count();
        let base = ["<mi>", base, "</mi>"].concat();
        let base = if hat { format!("<mover>{base}<mo>^</mo></mover>") } else { base };
        let text = match subscript {
            Some(subscript) => format!("<msub>{base}<mi>{subscript}</mi></msub>"),
            None => base,
        };
        Part { word: letters > 1, ..Part::atom(text) }
    }

    fn constant(&self, constant: &Constant) -> Part {
        Part::atom(if constant.name == "e" { "<mi>e</mi>".to_owned() } else { "<mi>π</mi>".to_owned() })
    }

    fn negate(&self, operand: Part) -> Part {
        Part::new(["<mo>−</mo>", &wrapped(operand, NEGATION)].concat(), NEGATION)
    }

    fn binary(&self, operator: BinaryOperator, [left, right]: [Part; 2]) -> Part {
        let [minimum, right_minimum] = needed(operator);
        let digit = left.digit && left.tightness >= minimum;
        let tightness = operator.tightness();
        let text = match operator {
            BinaryOperator::Divide => {
                let text = ["<mfrac><mrow>", &left.text, "</mrow><mrow>", &right.text, "</mrow></mfrac>"].concat();
                return Part::new(text, tightness);
            }
            BinaryOperator::Power => {
                let base = wrapped(left, minimum);
                ["<msup><mrow>", &base, "</mrow><mrow>", &right.text, "</mrow></msup>"].concat()
            }
            BinaryOperator::Multiply => {
                let sign =
                    if right.digit && right.tightness >= right_minimum { "<mo>⋅</mo>" } else { INVISIBLE_TIMES };
                let sign = if left.word || right.word { THIN_TIMES } else { sign };
                joined(wrapped(left, minimum), sign, &wrapped(right, right_minimum))
            }
            BinaryOperator::Add => joined(wrapped(left, minimum), "<mo>+</mo>", &wrapped(right, right_minimum)),
            BinaryOperator::Subtract => joined(wrapped(left, minimum), "<mo>−</mo>", &wrapped(right, right_minimum)),
        };
        Part { digit, ..Part::new(text, tightness) }
    }

    fn tensor(&self, operation: &TensorOperation, operands: &[String]) -> String {
        let words = |text: String| format!("<mtext>{text}</mtext>");
        match operation {
            TensorOperation::List => self.list(operands),
            TensorOperation::MatrixProduct => operands.join("<mo>@</mo>"),
            TensorOperation::Slice(_) => format!("{}{}", operands.concat(), words(operation.sign())),
            TensorOperation::Call(function, arguments) => {
                let all: Vec<String> = operands.iter().cloned().chain(arguments.written().map(words)).collect();
                format!("<mi>{}</mi><mo>&#x2061;</mo>{}", function.name, parenthesised(&all.join("<mo>,</mo>")))
            }
        }
    }

    fn list(&self, items: &[String]) -> String {
        format!("<mrow><mo>[</mo>{}<mo>]</mo></mrow>", items.join("<mo>,</mo>"))
    }

    fn call(&self, function: &'static Function, arguments: Vec<Part>) -> Part {
        let arguments: Vec<String> = arguments.into_iter().map(|argument| argument.text).collect();
        let inside = arguments.join("<mo>,</mo>");
        let named = |name: &str| format!("{name}<mo>&#x2061;</mo>{}", parenthesised(&inside));
        let word = !matches!(function.name, "sqrt" | "abs");
        let text = match function.name {
            "sqrt" => format!("<msqrt><mrow>{inside}</mrow></msqrt>"),
            "abs" => format!("<mrow><mo>|</mo><mrow>{inside}</mrow><mo>|</mo></mrow>"),
            "log2" => named("<msub><mi>log</mi><mn>2</mn></msub>"),
            "log10" => named("<msub><mi>log</mi><mn>10</mn></msub>"),
            name => named(&format!("<mi>{name}</mi>")),
        };
        Part { word, ..Part::atom(text) }
    }

    fn derivative(&self, derivative: &Derivative, operand: Part) -> Part {
        let variable = self.name(&derivative.variable).text;
        let step = derivative.step.to_string();
        let fraction = ["<mfrac><mi>d</mi><mrow><mi>d</mi>", &variable, "</mrow></mfrac>"].concat();
        let bracket = ["<mrow><mo>[</mo><mrow>", &operand.text, "</mrow><mo>]</mo></mrow>"].concat();
        let opening = ["<mrow class=\"derivative\" data-step=\"", &step, "\">"].concat();
        Part::atom([opening, fraction, bracket, "</mrow>".to_owned()].concat())
    }
}

fn parenthesised(text: &str) -> String {
    ["<mrow><mo>(</mo><mrow>", text, "</mrow><mo>)</mo></mrow>"].concat()
}

fn wrapped(part: Part, minimum: u8) -> String {
    if part.tightness >= minimum { part.text } else { parenthesised(&part.text) }
}
