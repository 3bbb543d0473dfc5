//! The operators and how tightly they bind.

/// An operator between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOperator {
    /// `a + b`
    Add,
    /// `a - b`
    Subtract,
    /// `a * b`
    Multiply,
    /// `a / b`
    Divide,
    /// `a ^ b`, also written `a ** b`
    Power,
}

/// How tightly an operator holds its operands: the higher side wins an operand between two.
#[derive(Clone, Copy)]
pub(super) struct Binding {
    pub(super) left: u8,
    pub(super) right: u8,
}

/// The sign binds looser than a power and tighter than a product, so `-x^2` is `-(x^2)`.
pub(super) const NEGATION: u8 = 5;

/// A number, a name, a call or a parenthesis.
pub(super) const ATOM: u8 = 9;

impl BinaryOperator {
    /// Python's precedence. The right side of a power admits a sign, as in `2^-1`, because a sign
    /// is read wherever an operand may begin.
    pub(super) fn binding(self) -> Binding {
        let (left, right) = match self {
            Self::Add | Self::Subtract => (1, 2),
            Self::Multiply | Self::Divide => (3, 4),
            Self::Power => (8, 7),
        };
        Binding { left, right }
    }

    /// The tightness of the whole `a op b`, where it is itself an operand.
    pub(super) fn tightness(self) -> u8 {
        let Binding { left, right } = self.binding();
        left.min(right)
    }

    /// The operator as it is printed: sums are given room, products and powers are not.
    pub(super) fn symbol(self) -> &'static str {
        match self {
            Self::Add => " + ",
            Self::Subtract => " - ",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Power => "^",
        }
    }
}
