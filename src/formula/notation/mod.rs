//! Formulas as text, LaTeX, Python and MathML: one walk, and a way of writing for each.

mod latex;
mod mathml;
mod python;
mod text;
mod torch;

pub(crate) use self::mathml::MathMl;
pub(crate) use self::text::Text;
use super::operator::{ATOM, NEGATION};
use super::{BinaryOperator, Derivative, Expression, TensorOperation, Term};
use crate::function::{Constant, Function};

/// A written part, and how tightly it holds together.
#[derive(Clone, Default)]
pub(crate) struct Part {
    pub(crate) text: String,
    tightness: u8,
    /// Whether it begins with a digit, so that a number before it needs a sign between them.
    digit: bool,
    /// Whether it is a word, which needs room beside another factor.
    word: bool,
}

impl Part {
    fn atom(text: String) -> Self {
        Self { text, tightness: ATOM, ..Self::default() }
    }

    fn new(text: String, tightness: u8) -> Self {
        Self { text, tightness, ..Self::default() }
    }
}

/// A way of writing formulas.
pub(crate) trait Notation {
    fn number(&self, value: f64) -> Part;
    fn name(&self, name: &str) -> Part;
    fn constant(&self, constant: &Constant) -> Part;
    fn negate(&self, operand: Part) -> Part;
    fn binary(&self, operator: BinaryOperator, operands: [Part; 2]) -> Part;
    fn call(&self, function: &'static Function, arguments: Vec<Part>) -> Part;
    fn derivative(&self, derivative: &Derivative, operand: Part) -> Part;
    /// A list of tensors.
    fn list(&self, items: &[String]) -> String {
        format!("[{}]", items.join(", "))
    }
    /// An operation on whole tensors.
    fn tensor(&self, operation: &TensorOperation, operands: &[String]) -> String {
        if *operation == TensorOperation::List { self.list(operands) } else { operation.written(operands) }
    }
}

/// Terms are written operands first, and each takes its operands' texts over, so that a sum of many
/// terms costs its length and no stack.
fn write(expression: &Expression, notation: &impl Notation) -> String {
    let mut parts: Vec<Part> = Vec::with_capacity(expression.terms().len());
    for term in expression.terms() {
        let mut operand = |id: &usize| std::mem::take(&mut parts[*id]);
        let part = match term {
            Term::Number(value) => notation.number(*value),
            Term::Name(name) => notation.name(name),
            Term::Constant(constant) => notation.constant(constant),
            Term::Negate(id) => notation.negate(operand(id)),
            Term::Binary(operator, [left, right]) => notation.binary(*operator, [operand(left), operand(right)]),
            Term::Call(function, arguments) => notation.call(function, arguments.iter().map(operand).collect()),
            Term::Tensor(operation, operands) => {
                let tightness = if *operation == TensorOperation::MatrixProduct { PRODUCT } else { ATOM };
                let texts =
                    operands.iter().enumerate().map(|(place, id)| matrix_operand(operation, place, operand(id)));
                let texts: Vec<String> = texts.collect();
                Part::new(notation.tensor(operation, &texts), tightness)
            }
            Term::Derivative(derivative, id) => notation.derivative(derivative, operand(id)),
        };
        parts.push(part);
    }
    parts.pop().unwrap_or_default().text
}

/// The tightness of a matrix product, which is that of a product.
const PRODUCT: u8 = 3;

/// An operand of a tensor's operation, in parentheses where a matrix product or an index would
/// tear it apart.
fn matrix_operand(operation: &TensorOperation, place: usize, part: Part) -> String {
    let minimum = match operation {
        TensorOperation::MatrixProduct => needed(BinaryOperator::Multiply)[place],
        TensorOperation::Slice(_) => ATOM,
        _ => 0,
    };
    if part.tightness >= minimum { part.text } else { ["(", &part.text, ")"].concat() }
}

/// How tightly each operand must hold together to need no parentheses. A sign may begin any
/// operand, so the right side of a power needs none for it.
fn needed(operator: BinaryOperator) -> [u8; 2] {
    let binding = operator.binding();
    [binding.left, binding.right.min(NEGATION)]
}

/// A name in the parts that mathematics writes differently: `w_1` has the subscript `1`, `y_hat` a
/// hat over `y`.
struct Letters<'n> {
    base: &'n str,
    hat: bool,
    subscript: Option<&'n str>,
}

impl<'n> Letters<'n> {
    fn of(name: &'n str) -> Self {
        let plain = |base, hat, subscript| Letters { base, hat, subscript };
        // An element of a tensor: `W[0, 1]`.
        if let Some((base, index)) = name.strip_suffix(']').and_then(|name| name.split_once('[')) {
            return plain(base, false, Some(index));
        }
        match name.split_once('_') {
            None if name == "ŷ" => plain("y", true, None),
            Some((base, "hat")) if !base.is_empty() => plain(base, true, None),
            Some((base, subscript)) if !base.is_empty() && !subscript.is_empty() && !subscript.contains('_') => {
                plain(base, false, Some(subscript))
            }
            _ => plain(name, false, None),
        }
    }
}

impl Expression {
    /// The formula as LaTeX.
    #[must_use]
    pub fn latex(&self) -> String {
        write(self, &latex::Latex)
    }

    /// The formula as Python, whose functions are those of the module `math`.
    #[must_use]
    pub fn python(&self) -> String {
        write(self, &python::Python)
    }

    /// The formula as Python, whose functions are those of PyTorch.
    #[must_use]
    pub fn torch(&self) -> String {
        write(self, &torch::Torch)
    }

    /// The formula as the content of a MathML `math` element. A derivative that is still to be
    /// calculated is an `mrow` with the class `derivative` and its step in `data-step`.
    #[must_use]
    pub fn mathml(&self) -> String {
        write(self, &MathMl)
    }
}
