//! What a node of the graph does with its inputs.

use crate::formula::BinaryOperator;
use crate::function::Function;
use crate::number::{short, superscript};

/// The operation of a node: its value from its inputs, and its local derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// `a`, under a name of its own.
    Identity,
    /// `-a`
    Negate,
    /// `a` to a power that is written as a number.
    PowerOf(f64),
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a / b`
    Divide,
    /// `a ^ b`
    Power,
    /// A function of one or two arguments.
    Call(&'static Function),
}

impl From<BinaryOperator> for Operation {
    fn from(operator: BinaryOperator) -> Self {
        match operator {
            BinaryOperator::Add => Self::Add,
            BinaryOperator::Subtract => Self::Subtract,
            BinaryOperator::Multiply => Self::Multiply,
            BinaryOperator::Divide => Self::Divide,
            BinaryOperator::Power => Self::Power,
        }
    }
}

impl Operation {
    /// The number of inputs: 1 or 2.
    #[must_use]
    pub fn arity(self) -> usize {
        match self {
            Self::Identity | Self::Negate | Self::PowerOf(_) => 1,
            Self::Add | Self::Subtract | Self::Multiply | Self::Divide | Self::Power => 2,
            Self::Call(function) => function.arity(),
        }
    }

    /// How many inputs, from the first on, the backward pass gives a gradient to.
    #[must_use]
    pub fn edges(self) -> usize {
        match self {
            Self::Call(function) => function.edges,
            _ => self.arity(),
        }
    }

    /// The value; `b` is ignored by an operation with one input.
    #[must_use]
    #[inline]
    pub fn value(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Identity => a,
            Self::Negate => -a,
            Self::PowerOf(exponent) => power(a, exponent),
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Power => power(a, b),
            Self::Call(function) => function.value(a, b),
        }
    }

    /// The partial derivatives by `a` and by `b` where the value is `y`; the second is 0 for an
    /// operation with one input.
    #[must_use]
    #[inline]
    pub fn derivatives(self, a: f64, b: f64, y: f64) -> [f64; 2] {
        match self {
            Self::Identity => [1.0, 0.0],
            Self::Negate => [-1.0, 0.0],
            Self::PowerOf(exponent) => [power_by_base(a, exponent), 0.0],
            Self::Add => [1.0, 1.0],
            Self::Subtract => [1.0, -1.0],
            Self::Multiply => [b, a],
            Self::Divide => [1.0 / b, -(y / b)],
            Self::Power => [power_by_base(a, b), power_by_exponent(a, b, y)],
            Self::Call(function) => function.derivatives(a, b, y),
        }
    }

    /// The operation as it is written in a node: `×`, `( )²`, `exp`.
    #[must_use]
    pub fn symbol(self) -> String {
        match self {
            Self::Identity => "=".to_owned(),
            Self::Negate | Self::Subtract => "−".to_owned(),
            Self::PowerOf(exponent) => format!("( ){}", superscript(&short(exponent, 4))),
            Self::Add => "+".to_owned(),
            Self::Multiply => "×".to_owned(),
            Self::Divide => "÷".to_owned(),
            Self::Power => "^".to_owned(),
            Self::Call(function) => function.name.to_owned(),
        }
    }
}

/// A square is one product, so that it has the bits that `e*e` has in any language.
fn power(a: f64, b: f64) -> f64 {
    if b == 2.0 { a * a } else { a.powf(b) }
}

/// b·a^(b-1); a constant has the derivative 0 even where a^(b-1) is infinite.
fn power_by_base(a: f64, b: f64) -> f64 {
    match b {
        2.0 => 2.0 * a,
        1.0 => 1.0,
        0.0 => 0.0,
        _ => b * a.powf(b - 1.0),
    }
}

/// a^b·log a, which tends to 0 where a does and b is not negative.
fn power_by_exponent(a: f64, b: f64, y: f64) -> f64 {
    if a == 0.0 && b >= 0.0 { 0.0 } else { y * a.ln() }
}
