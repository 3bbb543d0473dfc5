//! Products: powers of the same base are collected, numbers multiplied, fractions reduced.

use smallvec::{SmallVec, smallvec};

use super::sum::{Signature, signature};
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
    fn one() -> Self {
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

    /// The exponent of a base, which is 0 where it does not occur.
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

    /// Notes how a product is written, where it is simple already.
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

    /// The number that an expression is: written, negated, or as a fraction of two.
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

    /// A power with a number as its exponent. A whole exponent reaches every factor of a product;
    /// any other would lose signs, as the root of a square does.
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

    /// The square of a root is defined where the root was not.
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

    /// The product of simplified factors, some of which are divided by.
    pub(super) fn merged(&mut self, factors: &[(bool, Id)]) -> Product {
        let mut merging = Merging { product: Product::one(), lost: Powers::new() };
        for &(divided, factor) in factors {
            let part = self.product_of(factor);
            if divided && part.coefficient.is_zero() {
                // Division by 0 is not a number to be calculated with: it stays as it is written.
                merging.multiply(factor, Ratio::ONE.negated());
                continue;
            }
            let before = merging.product.coefficient;
            let coefficient = if divided { before.over(part.coefficient) } else { before.times(part.coefficient) };
            if !coefficient.is_sound(before.is_zero() || part.coefficient.is_zero()) {
                // Numbers whose product no double can hold stay apart.
                merging.multiply(factor, if divided { Ratio::ONE.negated() } else { Ratio::ONE });
                continue;
            }
            merging.product.coefficient = coefficient;
            for (base, exponent) in part.factors {
                let (base, flips) = self.like_present(base, exponent, &merging.product);
                if flips {
                    merging.product.coefficient = merging.product.coefficient.negated();
                }
                merging.multiply(base, if divided { exponent.negated() } else { exponent });
            }
        }
        self.finish(merging)
    }

    /// A sum with its sign changed, where that is a base already (`b - a` beside `a - b`), and
    /// whether this changes the product's sign.
    fn like_present(&mut self, base: Id, exponent: Ratio, product: &Product) -> (Id, bool) {
        let others = product.factors.iter().any(|&(other, _)| other != base && self.is_sum(other));
        if !others || !exponent.is_integer() || !self.is_sum(base) || !product.exponent_of(base).is_zero() {
            return (base, false);
        }
        let opposite = self.opposite(base);
        match product.exponent_of(opposite).is_zero() {
            true => (base, false),
            false => (opposite, exponent.value() % 2.0 != 0.0),
        }
    }

    /// Says what was lost with factors that cancel, and leaves them out.
    fn finish(&mut self, merging: Merging) -> Product {
        let Merging { mut product, lost } = merging;
        for (base, exponent) in lost {
            let now = product.exponent_of(base);
            if exponent.is_negative() && !now.is_negative() {
                self.require_nonzero(base);
            }
            if !exponent.is_integer() && now.is_integer() {
                self.require(Condition::NonNegative(base));
            }
            if now.is_zero() {
                self.require_defined(base);
            }
        }
        product.factors.retain(|(_, exponent)| !exponent.is_zero());
        if product.coefficient.is_zero() {
            self.vanish(&mut product);
        }
        self.merge_exponentials(&mut product);
        product
    }

    /// Zero times anything is zero, where that is defined.
    fn vanish(&mut self, product: &mut Product) {
        for (base, exponent) in std::mem::take(&mut product.factors) {
            if exponent.is_negative() {
                self.require_nonzero(base);
            }
            if !exponent.is_integer() {
                self.require(Condition::NonNegative(base));
            }
            self.require_defined(base);
        }
    }

    /// `exp(a)*exp(b)` is `exp(a + b)`.
    fn merge_exponentials(&mut self, product: &mut Product) {
        let exponent_of = |simplifier: &Self, base| match simplifier.pool.node(base) {
            Node::Call(place, a, _) if FUNCTIONS[place as usize].name == "exp" => Some(a),
            _ => None,
        };
        let found: SmallVec<[(usize, Id, Ratio); 2]> = product
            .factors
            .iter()
            .enumerate()
            .filter_map(|(place, &(base, times))| Some((place, exponent_of(self, base)?, times)))
            .filter(|(.., times)| times.is_integer())
            .collect();
        if found.len() < 2 && found.iter().all(|(.., times)| *times == Ratio::ONE) {
            return;
        }
        let mut total = self.pool.number(0.0);
        for &(_, exponent, times) in &found {
            let times = self.write_ratio(times);
            let term = self.pool.times(times, exponent);
            total = self.pool.plus(total, term);
        }
        let (first, ..) = found[0];
        product.factors[first] = (self.pool.call_named("exp", total), Ratio::ONE);
        let mut place = 0;
        product.factors.retain(|_| {
            place += 1;
            place - 1 == first || found.iter().all(|&(other, ..)| other != place - 1)
        });
    }
}

/// A product in the making, with every factor that met another of its base.
struct Merging {
    product: Product,
    lost: Powers,
}

impl Merging {
    fn multiply(&mut self, base: Id, exponent: Ratio) {
        match self.product.factors.iter().position(|(other, _)| *other == base) {
            None => self.product.factors.push((base, exponent)),
            Some(place) => {
                let own = &mut self.product.factors[place].1;
                self.lost.extend([(base, *own), (base, exponent)]);
                *own = own.plus(exponent);
            }
        }
    }
}
