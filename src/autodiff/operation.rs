//! What a node of the graph does with its inputs.

use crate::formula::BinaryOperator;
use crate::function::Function;

/// The operation of a node: its value from its inputs, and its local derivatives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Operation {
    /// `a`, under a name of its own.
    Identity,
    /// `-a`
    Negate,
    /// `a` to a power that is written as a number.
    PowerOf(f64),
    /// `a + b` and its like.
    Binary(BinaryOperator),
    /// A function of one or two arguments.
    Call(&'static Function),
}

impl Operation {
    /// The number of inputs: 1 or 2.
    #[must_use]
    pub fn arity(self) -> usize {
        match self {
            Self::Identity | Self::Negate | Self::PowerOf(_) => 1,
            Self::Binary(_) => 2,
            Self::Call(function) => function.arity(),
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
            Self::Binary(BinaryOperator::Add) => a + b,
            Self::Binary(BinaryOperator::Subtract) => a - b,
            Self::Binary(BinaryOperator::Multiply) => a * b,
            Self::Binary(BinaryOperator::Divide) => a / b,
            Self::Binary(BinaryOperator::Power) => power(a, b),
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
            Self::Binary(BinaryOperator::Add) => [1.0, 1.0],
            Self::Binary(BinaryOperator::Subtract) => [1.0, -1.0],
            Self::Binary(BinaryOperator::Multiply) => [b, a],
            Self::Binary(BinaryOperator::Divide) => [1.0 / b, -(y / b)],
            Self::Binary(BinaryOperator::Power) => [power_by_base(a, b), power_by_exponent(a, b, y)],
            Self::Call(function) => function.derivatives(a, b, y),
        }
    }

    /// The operation as it is written in a node: `×`, `( )²`, `exp`.
    #[must_use]
    pub fn symbol(self) -> String {
        match self {
            Self::Identity => "=".to_owned(),
            Self::Negate | Self::Binary(BinaryOperator::Subtract) => "−".to_owned(),
            Self::PowerOf(exponent) => format!("( ){}", superscript(exponent)),
            Self::Binary(BinaryOperator::Add) => "+".to_owned(),
            Self::Binary(BinaryOperator::Multiply) => "×".to_owned(),
            Self::Binary(BinaryOperator::Divide) => "÷".to_owned(),
            Self::Binary(BinaryOperator::Power) => "^".to_owned(),
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
        0.0 => 0.0,
        1.0 => 1.0,
        2.0 => 2.0 * a,
        _ => b * a.powf(b - 1.0),
    }
}

/// a^b·log a, which tends to 0 where a does and b is not negative.
fn power_by_exponent(a: f64, b: f64, y: f64) -> f64 {
    if a == 0.0 && b >= 0.0 { 0.0 } else { y * a.ln() }
}

fn superscript(exponent: f64) -> String {
    let digits = |c| match c {
        '-' | '−' => '⁻',
        '.' => '·',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
        other => other,
    };
    crate::number::short(exponent).chars().map(digits).collect()
}
