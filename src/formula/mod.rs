//! Text to formula and back: lexer, parser, expression, program, printer.
//!
//! A [`Program`] is a few named lines; each holds an [`Expression`], a flat arena of [`Term`]s in
//! which operands come before the term that uses them. Nothing here recurses along a sum, so ten
//! thousand terms are as safe as two.

mod error;
mod expression;
mod lexer;
mod line;
mod notation;
mod operator;
mod parser;
mod program;
mod tensor;
mod tensor_parser;

pub use error::{Error, ErrorKind, Span};
pub use expression::{Derivative, Expression, Term, TermId};
pub use line::Line;
pub(crate) use notation::{MathMl, Notation, Part, Text};
pub use operator::BinaryOperator;
pub use program::Program;
pub use tensor::{Arguments, Slice, TENSOR_FUNCTIONS, TensorFunction, TensorOperation, find_tensor_function};

/// The longest program that is read, in bytes of UTF-8.
pub const MAX_BYTES: usize = 64 * 1024;

/// How deep parentheses, calls, signs and powers may nest: the limit that CPython has.
pub const MAX_NESTING: usize = 200;
