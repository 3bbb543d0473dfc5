//! What can't be calculated, and why.

use std::fmt;

use super::{MAX_ORDER, MAX_TERMS};

/// A calculation that was abandoned. Its `Display` is a sentence for the person who asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// An expression of more than [`MAX_TERMS`] terms.
    TooLarge,
    /// A simplification that was still changing after this many rounds.
    NotSettled(usize),
    /// An order that is not from 1 to [`MAX_ORDER`].
    Order(String),
    /// A variable that does not occur in the formula, and the names that do occur.
    UnknownVariable(String, Vec<String>),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => {
                write!(f, "written out, this has more than {MAX_TERMS} terms; name a part of it on a line of its own")
            }
            Self::NotSettled(rounds) => {
                write!(f, "the simplification did not finish in {rounds} rounds; try a part of the formula")
            }
            Self::Order(order) => write!(f, "the order must be a whole number from 1 to {MAX_ORDER}; it is {order}"),
            Self::UnknownVariable(name, names) if names.is_empty() => {
                write!(f, "there is no `{name}` in this formula; it has no variable at all")
            }
            Self::UnknownVariable(name, names) => {
                let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                write!(f, "there is no `{name}` in this formula; its variables are {}", quoted.join(", "))
            }
        }
    }
}

impl std::error::Error for Error {}
