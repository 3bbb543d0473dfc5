//! Small formulas beside numbers, as MathML.

use wasm_bindgen::prelude::*;

use crate::formula::{Expression, Span, Term};

/// A name.
#[wasm_bindgen(js_name = nameMathml)]
#[must_use]
pub fn name_mathml(name: &str) -> String {
    let mut expression = Expression::default();
    expression.push(Term::Name(name.to_owned()), Span::default());
    expression.mathml()
}

/// `∂of/∂by`, of two formulas in MathML.
pub(super) fn partial(of: &str, by: &str) -> String {
    let part = |formula: &str| ["<mrow><mo>∂</mo><mrow>", formula, "</mrow></mrow>"].concat();
    ["<mfrac>", &part(of), &part(by), "</mfrac>"].concat()
}
