//! The lines of a program, and what each computes.

use crate::autodiff::NodeId;
use crate::learn::Style;

/// What a line of the program does, so that the line of the current moment can be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// The value of a node.
    Forward(NodeId),
    /// The gradients that a node passes back to its inputs.
    Backward(NodeId),
    /// The update of the parameters.
    Update,
}

/// A line of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptLine {
    /// Without its line break.
    pub text: String,
    /// What the line does.
    pub mark: Option<Mark>,
}

/// A program in parts; in a notebook each part is one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// The lines of each part.
    pub parts: Vec<Vec<ScriptLine>>,
}

impl Script {
    /// The whole program, with two empty lines between its parts.
    #[must_use]
    pub fn text(&self) -> String {
        let text = |part: &Vec<ScriptLine>| part.iter().map(|line| format!("{}\n", line.text)).collect::<String>();
        self.parts.iter().map(text).collect::<Vec<_>>().join("\n\n")
    }

    pub(super) fn begin(&mut self) {
        self.parts.push(Vec::new());
    }

    /// Adds lines to the last part.
    pub(super) fn push(&mut self, text: impl AsRef<str>) {
        self.push_marked(text, None);
    }

    pub(super) fn push_marked(&mut self, text: impl AsRef<str>, mark: Option<Mark>) {
        if let Some(part) = self.parts.last_mut() {
            part.extend(text.as_ref().split('\n').map(|line| ScriptLine { text: line.to_owned(), mark }));
        }
    }
}

/// A number as the trace prints it.
pub(super) fn rounded(style: Style, value: &str) -> String {
    match style {
        Style::Rounded => format!("round({value}, 2)"),
        Style::Full => value.to_owned(),
    }
}
