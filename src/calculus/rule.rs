//! The rules of differentiation.

use crate::function::Function;

/// A rule that is applied in one step of a derivation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// The derivative of an expression that does not depend on the variable is 0.
    Constant,
    /// The derivative of the variable is 1.
    Variable,
    /// The derivative of a sum is the sum of the derivatives.
    Sum,
    /// A constant factor stays.
    ConstantFactor,
    /// (u·v)' = u'·v + u·v'
    Product,
    /// (u/v)' = (u'·v − u·v')/v²
    Quotient,
    /// (c/v)' = −c·v'/v²
    Reciprocal,
    /// (u^n)' = n·u^(n−1)·u'
    Power,
    /// (a^u)' = a^u·log(a)·u'
    Exponential,
    /// (u^v)' = u^v·(v'·log(u) + v·u'/u)
    GeneralPower,
    /// f(u)' = f'(u)·u'
    Chain(&'static Function),
}

impl Rule {
    /// The rule's name.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Constant => "constant".to_owned(),
            Self::Variable => "variable".to_owned(),
            Self::Sum => "sum rule".to_owned(),
            Self::ConstantFactor => "constant factor".to_owned(),
            Self::Product => "product rule".to_owned(),
            Self::Quotient => "quotient rule".to_owned(),
            Self::Reciprocal => "reciprocal rule".to_owned(),
            Self::Power => "power rule".to_owned(),
            Self::Exponential => "exponential rule".to_owned(),
            Self::GeneralPower => "general power rule".to_owned(),
            Self::Chain(function) => format!("derivative of {}", function.name),
        }
    }

    /// The rule in plain words, with the convention at a kink; `inner` says whether the inner
    /// derivative is still a factor.
    #[must_use]
    pub fn reason(self, inner: bool) -> String {
        let outer = match self {
            Self::Constant => "the variable does not occur here, so the derivative is 0",
            Self::Variable => "the derivative of the variable is 1",
            Self::Sum => "a sum is differentiated term by term",
            Self::ConstantFactor => "a factor without the variable stays as it is",
            Self::Product => "each factor is differentiated in turn while the other stays",
            Self::Quotient => {
                "the derivative of the numerator times the denominator, minus the numerator times the derivative of the denominator, over the denominator squared"
            }
            Self::Reciprocal => {
                "minus the numerator times the derivative of the denominator, over the denominator squared"
            }
            Self::Power => "the exponent becomes a factor and is lowered by one",
            Self::Exponential => "an exponential grows in proportion to itself",
            Self::GeneralPower => "base and exponent both change: each is differentiated while the other stays",
            Self::Chain(function) => return with_inner(&of_function(function), inner),
        };
        with_inner(outer, inner && matches!(self, Self::Power | Self::Exponential))
    }
}

fn with_inner(outer: &str, inner: bool) -> String {
    if inner { format!("{outer}; by the chain rule, times the derivative of the inside") } else { outer.to_owned() }
}

fn of_function(function: &Function) -> String {
    let derivatives = function.symbolic.join(" and ");
    let rule = format!("the derivative of {} is {derivatives}", function.call());
    match function.name {
        "abs" => format!("{rule}; at the kink u = 0 it is taken as 0"),
        "relu" => format!("{rule}: 1 where u > 0, else 0; at the kink u = 0 it is taken as 0"),
        "sign" | "step" => format!("{rule} wherever it is flat; at its jump it is taken as 0"),
        "min" | "max" => {
            format!("{rule}: 1 for the one that is chosen, 0 for the other; where both are equal, half for each")
        }
        _ => rule,
    }
}
