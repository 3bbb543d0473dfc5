//! A line of a program.

use super::{Expression, Span};

/// One line of a program: `name = expression`.
///
/// Two lines are equal when their names and expressions are; where they stood does not count.
#[derive(Clone, Debug)]
pub struct Line {
    /// The name of the line's value; absent only where the last line gives none.
    pub name: Option<String>,
    /// Where the line begins in the source: its name, or its first token.
    pub span: Span,
    /// What the line computes.
    pub expression: Expression,
}

impl PartialEq for Line {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name() && self.expression == other.expression
    }
}

impl Line {
    /// The line's name, which is `loss` when none is written.
    #[must_use]
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or("loss")
    }
}
