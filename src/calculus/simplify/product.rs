//! Products: powers of the same base are collected, numbers multiplied, fractions reduced.

use smallvec::{SmallVec, smallvec};

use super::terms::{Signature, signature};
use super::{Condition, Simplifier};
use crate::calculus::ratio::Ratio;
use crate::calculus::{Id, Node};
use crate::formula::BinaryOperator;
use crate::function::FUNCTIONS;

/// A number times powers of different bases, in the order of their first appearance.
#[derive(Clone, Debug)]
pub(super) struct Product {
    pub(super) coefficient: Ratio,
    pub(super) factors: Powers,
}

/// Bases with their exponents; most products have few.
pub(super) type Powers = SmallVec<[(Id, Ratio); 4]>;

impl Product {
    pub(super) fn one() -> Self {
        Self { coefficient: Ratio::ONE, factors: Powers::new() }
    }

    fn single(base: Id) -> Self {
        Self { coefficient: Ratio::ONE, factors: smallvec![(base, Ratio::ONE)] }
    }

    pub(super) fn signature(&self) -> Signature {
        let mut parts: SmallVec<[(Ratio, Id); 5]> =
            self.factors.iter().map(|&(base, exponent)| (exponent, base)).collect();
        parts.push((self.coefficient, Id::MAX));
        signature(&parts, 1)
    }

    /// The exponent of a base, or 0 if the base does not occur.
    pub(super) fn exponent_of(&self, base: Id) -> Ratio {
        self.factors.iter().find(|(other, _)| *other == base).map_or(Ratio::ZERO, |&(_, exponent)| exponent)
    }
}

impl Simplifier<'_> {
    pub(super) fn product(&mut self, id: Id) -> Id {
        let mut factors = self.factors(id);
        factors.iter_mut().for_each(|(_, factor)| *factor = self.done_with(*factor));
        let product = self.merged(&factors);
        self.best_product(&product)
    }

    /// Remembers the form of a product that is already simple.
    pub(super) fn keep_product(&mut self, id: Id) {
        let factors = self.factors(id);
        let product = self.merged(&factors);
        if self.write_factors(&product) == id {
            self.written.entry(product.signature()).or_insert(id);
        }
    }

    pub(super) fn power(&mut self, base: Id, exponent: Id) -> Id {
        let Some(number) = self.ratio_of(exponent) else {
            let one = self.pool.as_number(base) == Some(1.0);
            return if one { base } else { self.pool.power(base, exponent) };
        };
        let mut product = self.raised(base, number);
        self.merge_exponentials(&mut product);
        self.best_product(&product)
    }

    /// A product as it is or, if that is shorter, multiplied out.
    fn best_product(&mut self, product: &Product) -> Id {
        let plain = self.write_product(product);
        if product.coefficient.is_zero() {
            return plain;
        }
        let Some(terms) = self.multiplied_out(product) else { return plain };
        let expanded = self.best_sum(&terms);
        self.shortest([plain, expanded]).unwrap_or(plain)
    }

    /// The value of an expression that is a number, a negated number or a fraction of two numbers.
    fn ratio_of(&self, id: Id) -> Option<Ratio> {
        match self.pool.node(id) {
            Node::Number(bits) => Some(Ratio::of(f64::from_bits(bits))),
            Node::Negate(a) => self.pool.as_number(a).map(|a| Ratio::of(-a)),
            Node::Binary(BinaryOperator::Divide, a, b) => {
                let bottom = self.pool.as_number(b).filter(|&b| b != 0.0)?;
                let (negative, a) = match self.pool.node(a) {
                    Node::Negate(inner) => (true, inner),
                    _ => (false, a),
                };
                let top = Ratio::of(self.pool.as_number(a)?);
                let ratio = if negative { top.negated() } else { top }.over(Ratio::of(bottom));
                Some(ratio).filter(|ratio| ratio.is_sound(top.is_zero()))
            }
            _ => None,
        }
    }

    /// A simplified expression as a product.
    pub(super) fn product_of(&mut self, id: Id) -> Product {
        if let Some(known) = self.products.get(id) {
            return known.clone();
        }
        let product = self.new_product_of(id);
        self.products.insert(id, product.clone());
        product
    }

    fn new_product_of(&mut self, id: Id) -> Product {
        if let Some(ratio) = self.ratio_of(id) {
            return Product { coefficient: ratio, factors: Powers::new() };
        }
        match self.pool.node(id) {
            Node::Binary(BinaryOperator::Multiply | BinaryOperator::Divide, ..) => {
                let factors = self.factors(id);
                self.merged(&factors)
            }
            Node::Negate(a) => {
                let inner = self.product_of(a);
                Product { coefficient: inner.coefficient.negated(), ..inner }
            }
            Node::Binary(BinaryOperator::Power, a, b) => match self.ratio_of(b) {
                Some(exponent) => self.raised(a, exponent),
                None => Product::single(id),
            },
            Node::Call(place, a, _) if FUNCTIONS[place as usize].name == "sqrt" => self.raised(a, Ratio::HALF),
            _ => Product::single(id),
        }
    }

    /// A power with a number as its exponent. An integer exponent is applied to every factor of a
    /// product; any other could lose signs, as the root of a square does.
    pub(super) fn raised(&mut self, base: Id, exponent: Ratio) -> Product {
        if exponent.is_zero() {
            self.require_defined(base);
            return Product::one();
        }
        let inner = self.product_of(base);
        if inner.factors.is_empty() {
            return self.number_raised(inner.coefficient, exponent);
        }
        if exponent.is_integer()
            && let Some(coefficient) = inner.coefficient.raised(exponent.value())
        {
            let raised = |&(base, own): &(Id, Ratio)| (base, own.times(exponent));
            let factors: Powers = inner.factors.iter().map(raised).collect();
            if factors.iter().all(|(_, exponent)| exponent.is_sound(false)) {
                self.note_even_roots(&inner, exponent);
                return Product { coefficient, factors };
            }
        }
        Product { coefficient: Ratio::ONE, factors: smallvec![(base, exponent)] }
    }

    /// The square of a root simplifies to an expression that is defined where the root is not.
    fn note_even_roots(&mut self, inner: &Product, exponent: Ratio) {
        for &(base, own) in &inner.factors {
            if !own.is_integer() && own.times(exponent).is_integer() {
                self.require(Condition::NonNegative(base));
            }
        }
    }

    fn number_raised(&mut self, number: Ratio, exponent: Ratio) -> Product {
        if let (Ratio::HALF, Some((coefficient, rest))) = (exponent, number.root()) {
            let inside = self.pool.number(rest);
            let factors = if rest == 1.0 { Powers::new() } else { smallvec![(inside, Ratio::HALF)] };
            return Product { coefficient, factors };
        }
        let exact = if exponent.is_integer() { number.raised(exponent.value()) } else { None };
        match exact {
            Some(coefficient) => Product { coefficient, factors: Powers::new() },
            None => {
                let base = self.write_ratio(number);
                Product { coefficient: Ratio::ONE, factors: smallvec![(base, exponent)] }
            }
        }
    }
}
