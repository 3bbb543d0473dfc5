//! The expression: a flat arena in which operands come before the term that uses them.

use super::{BinaryOperator, Span, TensorOperation};
use crate::function::{Constant, Function, constant};

/// The place of a term in its expression.
pub type TermId = usize;

/// One step of an expression; operands are named by their place, which is always earlier.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A literal number.
    Number(f64),
    /// A data column, a parameter or an earlier line.
    Name(String),
    /// A number with a name.
    Constant(&'static Constant),
    /// `-a`
    Negate(TermId),
    /// `a + b` and its like.
    Binary(BinaryOperator, [TermId; 2]),
    /// A call; the number of arguments is the function's.
    Call(&'static Function, Vec<TermId>),
    /// An operation on whole tensors.
    Tensor(TensorOperation, Vec<TermId>),
    /// A derivative that is still to be calculated. It occurs in the steps of a derivation, and is
    /// never read from a text.
    Derivative(Derivative, TermId),
}

/// What a pending derivative says besides its operand.
#[derive(Clone, Debug, PartialEq)]
pub struct Derivative {
    /// The variable.
    pub variable: String,
    /// The step of the derivation that calculates it.
    pub step: usize,
}

impl Term {
    /// The places of the operands, from left to right.
    #[must_use]
    pub fn operands(&self) -> &[TermId] {
        match self {
            Self::Number(_) | Self::Name(_) | Self::Constant(_) => &[],
            Self::Negate(operand) | Self::Derivative(_, operand) => std::slice::from_ref(operand),
            Self::Binary(_, operands) => operands,
            Self::Call(_, arguments) | Self::Tensor(_, arguments) => arguments,
        }
    }
}

/// A formula as a flat list of terms. The last term is the value of the whole.
///
/// Two expressions are equal when their terms are; where they stood in a text does not count.
#[derive(Clone, Debug, Default)]
pub struct Expression {
    terms: Vec<Term>,
    spans: Vec<Span>,
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.terms == other.terms
    }
}

impl Expression {
    /// Appends a term that stood at `span`, and returns its place.
    ///
    /// # Panics
    /// When an operand is not an earlier term, which would break the order that every reader of an
    /// expression relies on.
    pub fn push(&mut self, term: Term, span: Span) -> TermId {
        let id = self.terms.len();
        assert!(term.operands().iter().all(|&operand| operand < id));
        self.terms.push(term);
        self.spans.push(span);
        id
    }

    /// The terms, operands first.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Turns names into constants, but for those that a program means otherwise.
    pub(super) fn resolve_constants(&mut self, own: impl Fn(&str) -> bool) {
        for term in &mut self.terms {
            if let Term::Name(name) = term
                && let Some(constant) = constant(name).filter(|_| !own(name))
            {
                *term = Term::Constant(constant);
            }
        }
    }

    /// The place of the first operation on whole tensors.
    #[must_use]
    pub fn tensor_use(&self) -> Option<Span> {
        let place = self.terms.iter().position(|term| matches!(term, Term::Tensor(..)))?;
        Some(self.spans[place])
    }

    /// Where a term stood in the source.
    #[must_use]
    pub fn span(&self, id: TermId) -> Span {
        self.spans[id]
    }

    /// The names in the order of their first appearance in the terms, with the place of each use.
    pub fn names(&self) -> impl Iterator<Item = (&str, Span)> {
        let uses = self.terms.iter().zip(&self.spans);
        uses.filter_map(|(term, &span)| match term {
            Term::Name(name) => Some((name.as_str(), span)),
            _ => None,
        })
    }
}
