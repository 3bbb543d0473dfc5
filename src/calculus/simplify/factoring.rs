//! Factoring: the common factors of a sum's terms are written in front of it.

use super::Simplifier;
use super::product::{Powers, Product};
use super::terms::{List, Terms};
use crate::calculus::Id;
use crate::calculus::ratio::Ratio;

impl Simplifier<'_> {
    /// The sum with the common factors of its terms in front: `2*x^2*w - 2*x*y` is `2*x*(x*w - y)`.
    pub(super) fn factored(&mut self, terms: &Terms) -> Option<Id> {
        let list: List = terms.list.iter().copied().filter(|(coefficient, _)| !coefficient.is_zero()).collect();
        let [(content, _), rest @ ..] = list.as_slice() else { return None };
        if rest.is_empty() {
            return None;
        }
        let content = rest.iter().fold(*content, |shared, (coefficient, _)| shared.shared(*coefficient));
        let products: Vec<Product> = list.iter().map(|&(_, key)| self.product_of(key)).collect();
        let shared = shared_factors(&products);
        if content == Ratio::ONE && shared.is_empty() {
            return None;
        }
        let mut inner = Terms::default();
        for ((coefficient, _), product) in list.iter().zip(&products) {
            let key = self.write_product(&without(product, &shared));
            self.collect(key, coefficient.over(content), &mut inner);
        }
        if !inner.is_sound() {
            return None;
        }
        let inner = self.write_sum(&inner);
        let mut factors = shared;
        factors.push((inner, Ratio::ONE));
        Some(self.write_product(&Product { coefficient: content, factors }))
    }
}

/// The bases that occur in all products with positive exponents, each with its smallest exponent.
fn shared_factors(products: &[Product]) -> Powers {
    let Some((first, rest)) = products.split_first() else { return Powers::new() };
    let least = |&(base, exponent): &(Id, Ratio)| {
        let exponents = rest.iter().map(|product| product.exponent_of(base));
        let least = exponents.fold(exponent, |least, other| if other.value() < least.value() { other } else { least });
        (!least.is_negative() && !least.is_zero()).then_some((base, least))
    };
    first.factors.iter().filter_map(least).collect()
}

fn without(product: &Product, shared: &[(Id, Ratio)]) -> Product {
    let left = |&(base, exponent): &(Id, Ratio)| {
        let taken = shared.iter().find(|(other, _)| *other == base).map_or(Ratio::ZERO, |&(_, taken)| taken);
        (base, exponent.plus(taken.negated()))
    };
    let factors = product.factors.iter().map(left).filter(|(_, exponent)| !exponent.is_zero()).collect();
    Product { coefficient: product.coefficient, factors }
}
