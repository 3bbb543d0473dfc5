//! What is wrong with a formula, and where.

use std::fmt;

use super::{TENSOR_FUNCTIONS, TensorFunction};
use crate::function;

/// A half-open range of bytes in the source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same range counted in UTF-16 units, as JavaScript counts.
    ///
    /// A place that is not in `source` counts as its end.
    #[must_use]
    pub fn utf16(self, source: &str) -> Self {
        let count = |byte| {
            let before = source.get(..byte).unwrap_or(source);
            before.encode_utf16().count()
        };
        Self::new(count(self.start), count(self.end))
    }
}

/// A formula that can't be read: what is wrong, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// The place in the source.
    pub span: Span,
}

/// What can be wrong with a formula. Its `Display` is a sentence for the person who typed it.
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorKind {
    /// There is nothing but white space and comments.
    Empty,
    /// The text has more than [`MAX_BYTES`](super::MAX_BYTES) bytes.
    TooLong(usize),
    /// Nesting passes [`MAX_NESTING`](super::MAX_NESTING).
    TooDeep,
    /// A character that no formula has.
    UnknownCharacter(char),
    /// Digits and points that make no number.
    MalformedNumber(String),
    /// A number beyond the largest double.
    NumberTooLarge(String),
    /// A name directly after a number.
    MissingProduct(String, String),
    /// A number, name or parenthesis should stand here.
    ExpectedOperand(String),
    /// An operator should stand here.
    ExpectedOperator(String),
    /// A parenthesis that nothing closes.
    UnclosedParenthesis,
    /// A parenthesis that closes nothing.
    UnopenedParenthesis,
    /// A bracket that nothing closes.
    UnclosedBracket,
    /// A whole number should stand here: in a shape, a place or an axis.
    ExpectedWholeNumber(String),
    /// A number should stand here: in an option.
    ExpectedNumber(String),
    /// A function of tensors with other arguments than it takes.
    TensorArguments(&'static TensorFunction),
    /// A tensor where only numbers can be used.
    NeedsNumbers,
    /// A comma outside of a call.
    StrayComma,
    /// A second `=`, or one without a name before it.
    StrayEquals,
    /// A call of something that is not in the table of functions.
    UnknownFunction(String),
    /// The name of a function without its arguments.
    FunctionWithoutCall(String),
    /// A call with the wrong number of arguments.
    WrongArity(&'static str, usize, usize),
    /// A line before the last that has no name.
    UnnamedLine,
    /// A name that an earlier line (counted from 1) has.
    DefinedTwice(String, usize),
    /// A name that only a later line (counted from 1) defines, or this line itself.
    UsedBeforeDefinition(String, usize),
    /// A line with the name of a function.
    DefinedFunction(String),
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("there is no formula yet; try `loss = (x*w - y)^2`"),
            Self::TooLong(bytes) => {
                let limit = super::MAX_BYTES;
                write!(f, "the text has {bytes} bytes; at most {limit} are read")
            }
            Self::TooDeep => {
                let limit = super::MAX_NESTING;
                write!(f, "this is nested more than {limit} deep; name a part of it on a line of its own")
            }
            Self::UnknownCharacter(c) => write!(f, "`{c}` has no meaning in a formula"),
            Self::MalformedNumber(text) => write!(f, "`{text}` is not a number"),
            Self::NumberTooLarge(text) => {
                write!(f, "`{text}` is too large; the largest number is about 1.8e308")
            }
            Self::MissingProduct(number, name) => {
                write!(f, "a product needs its sign: write `{number}*{name}`")
            }
            Self::ExpectedOperand(found) => {
                write!(f, "expected a number, a name or `(`, but found {found}")
            }
            Self::ExpectedOperator(found) => {
                write!(f, "expected an operator such as `+` or `*`, but found {found}")
            }
            Self::UnclosedParenthesis => f.write_str("this `(` is never closed"),
            Self::UnopenedParenthesis => f.write_str("this `)` closes nothing"),
            Self::UnclosedBracket => f.write_str("this `[` is never closed"),
            Self::ExpectedWholeNumber(found) => write!(f, "expected a whole number, but found {found}"),
            Self::ExpectedNumber(found) => write!(f, "expected a number, but found {found}"),
            Self::TensorArguments(function) => write!(f, "write `{}` as in `{}`", function.name, function.example),
            Self::NeedsNumbers => f.write_str("here every value must be a single number, so tensors can't be used"),
            Self::StrayComma => f.write_str("a comma stands only between the arguments of a function"),
            Self::StrayEquals => f.write_str("`=` stands once in a line, after the line's name"),
            Self::UnknownFunction(name) => write_unknown_function(f, name),
            Self::FunctionWithoutCall(name) => {
                write!(f, "`{name}` is a function: write `{name}(...)`")
            }
            Self::WrongArity(name, expected, found) => {
                let plural = if *expected == 1 { "argument" } else { "arguments" };
                write!(f, "`{name}` takes {expected} {plural}, but has {found} here")
            }
            Self::UnnamedLine => f.write_str("every line but the last needs a name: write `name = ...`"),
            Self::DefinedTwice(name, line) => {
                write!(f, "`{name}` is already defined in line {line}; choose another name")
            }
            Self::UsedBeforeDefinition(name, line) => {
                write!(f, "`{name}` is used before line {line} has defined it")
            }
            Self::DefinedFunction(name) => {
                write!(f, "`{name}` is a function; choose another name for this line")
            }
        }
    }
}

fn write_unknown_function(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    match closest(name) {
        Some(near) => write!(f, "unknown function `{name}`; did you mean `{near}`?"),
        None => write!(f, "unknown function `{name}`; for a product write `{name}*(...)`"),
    }
}

/// The name of a function that is near enough to a mistyped one to be meant.
fn closest(name: &str) -> Option<&'static str> {
    let tensor_functions = TENSOR_FUNCTIONS.iter().map(|function| function.name);
    function::closest(name, tensor_functions)
}

impl Error {
    pub(super) fn new(kind: ErrorKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The message under the line it speaks of, with carets below the place.
    ///
    /// ```
    /// let source = "loss = (x*w - y";
    /// let error = downhill::formula::Program::parse(source).unwrap_err();
    /// assert_eq!(
    ///     error.pointed(source),
    ///     "loss = (x*w - y\n       ^\nline 1: this `(` is never closed"
    /// );
    /// ```
    #[must_use]
    pub fn pointed(&self, source: &str) -> String {
        let before = source.get(..self.span.start).unwrap_or(source);
        let number = before.matches('\n').count() + 1;
        let line = source.lines().nth(number - 1).unwrap_or_default();
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
        let place = source.get(self.span.start..self.span.end).unwrap_or_default();
        let width = place.lines().next().unwrap_or_default().chars().count().max(1);
        let (indent, carets) = (" ".repeat(column), "^".repeat(width));
        format!("{line}\n{indent}{carets}\nline {number}: {}", self.kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for Error {}
