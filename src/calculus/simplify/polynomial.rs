//! A simplified expression as a polynomial, or as a product whose factors may be 0.

use super::Simplifier;
use super::product::Product;
use super::terms::Terms;
use crate::calculus::ratio::Ratio;
use crate::calculus::{Id, Node};
use crate::function::FUNCTIONS;

impl Simplifier<'_> {
    /// The factors of the numerator, each with its multiplicity.
    pub(in crate::calculus) fn positive_factors(&mut self, id: Id) -> Vec<(Id, usize)> {
        let product = self.product_of(id);
        let above = product.factors.into_iter().filter(|(_, exponent)| !exponent.is_negative());
        above.map(|(base, exponent)| (base, exponent.value().max(1.0) as usize)).collect()
    }

    pub(in crate::calculus) fn is_never_zero(&self, id: Id) -> bool {
        match self.pool.node(id) {
            Node::Call(place, ..) => matches!(FUNCTIONS[place as usize].name, "exp" | "cosh" | "sigmoid" | "softplus"),
            _ => false,
        }
    }

    /// The coefficients of the powers of a variable, the lowest first; nothing if the expression is
    /// not a polynomial in it of at most this degree.
    pub(in crate::calculus) fn coefficients(&mut self, id: Id, variable: Id, degree: usize) -> Option<Vec<Option<Id>>> {
        let mut terms = Terms::default();
        self.collect(id, Ratio::ONE, &mut terms);
        while let Some(expanded) = self.expanded(&terms) {
            terms = expanded;
        }
        let list = terms.into_list();
        let last = self.pool.len() as Id - 1;
        let depends = self.pool.depends(last, variable);
        let mut powers: Vec<Terms> = Vec::new();
        for (coefficient, key) in list {
            let product = self.product_of(key);
            let exponent = product.exponent_of(variable);
            let factors: super::product::Powers =
                product.factors.into_iter().filter(|&(base, _)| base != variable).collect();
            // Expressions added since then are roots or powers of the earlier ones.
            let inside = factors.iter().any(|&(base, _)| depends.get(base as usize).is_none_or(|&inside| inside));
            if inside || exponent.is_negative() || !exponent.is_integer() || exponent.value() > degree as f64 {
                return None;
            }
            let power = exponent.value() as usize;
            powers.resize_with(powers.len().max(power + 1), Terms::default);
            let key = self.write_product(&Product { coefficient: Ratio::ONE, factors });
            powers[power].add(coefficient, key);
        }
        Some(powers.iter().map(|terms| self.nonzero_sum(terms)).collect())
    }

    fn nonzero_sum(&mut self, terms: &Terms) -> Option<Id> {
        let id = self.best_sum(terms);
        (self.pool.as_number(id) != Some(0.0)).then_some(id)
    }
}
