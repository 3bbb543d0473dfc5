//! Writing products: the order of factors, the fraction bar, signs and roots.

use smallvec::SmallVec;

use super::Simplifier;
use super::product::{Powers, Product};
use crate::calculus::ratio::Ratio;
use crate::calculus::{Id, Node};
use crate::formula::BinaryOperator;

/// How many classes of factors there are.
const CLASSES: u8 = 4;

impl Simplifier<'_> {
    /// Writes a product: the number first, then names, powers and calls, sums last; all divisors
    /// below one fraction bar.
    pub(super) fn write_product(&mut self, product: &Product) -> Id {
        if product.factors.is_empty() || product.coefficient.is_zero() {
            return self.write_ratio(product.coefficient);
        }
        let signature = product.signature();
        if let Some(&known) = self.written.get(&signature) {
            return known;
        }
        let id = self.write_factors(product);
        self.written.insert(signature, id);
        id
    }

    pub(super) fn write_factors(&mut self, product: &Product) -> Id {
        let this = &*self;
        let of_class = |class| product.factors.iter().filter(move |(base, _)| this.class(*base) == class);
        let factors: Powers = (0..CLASSES).flat_map(of_class).copied().collect();
        let Ratio { numerator, denominator } = product.coefficient;
        let (below, above): (Powers, Powers) = factors.into_iter().partition(|(_, exponent)| exponent.is_negative());
        let below: Powers = below.into_iter().map(|(base, exponent)| (base, exponent.negated())).collect();
        let top = self.write_side(numerator.abs(), &above, numerator < 0.0);
        if denominator == 1.0 && below.is_empty() {
            return top;
        }
        let bottom = self.write_side(denominator, &below, false);
        self.pool.divide(top, bottom)
    }

    fn write_side(&mut self, number: f64, factors: &[(Id, Ratio)], negative: bool) -> Id {
        let mut parts: SmallVec<[Id; 4]> =
            factors.iter().map(|&(base, exponent)| self.write_power(base, exponent)).collect();
        if number != 1.0 || parts.is_empty() {
            parts.insert(0, self.pool.number(number));
        }
        if negative {
            parts[0] = self.pool.negate(parts[0]);
        }
        let first = parts.remove(0);
        parts.into_iter().fold(first, |product, part| self.pool.times(product, part))
    }

    fn write_power(&mut self, base: Id, exponent: Ratio) -> Id {
        match exponent {
            Ratio::ONE => base,
            Ratio::HALF => self.pool.call_named("sqrt", base),
            _ => {
                let exponent = self.write_ratio(exponent);
                self.pool.power(base, exponent)
            }
        }
    }

    pub(super) fn write_ratio(&mut self, Ratio { numerator, denominator }: Ratio) -> Id {
        let mut top = self.pool.number(numerator.abs());
        if numerator < 0.0 {
            top = self.pool.negate(top);
        }
        if denominator == 1.0 {
            return top;
        }
        let bottom = self.pool.number(denominator);
        self.pool.divide(top, bottom)
    }

    /// The rank of a factor in a product: numbers, names, powers and calls, sums.
    fn class(&self, base: Id) -> u8 {
        match self.pool.node(base) {
            Node::Number(_) | Node::Constant(_) => 0,
            Node::Name(_) => 1,
            Node::Binary(BinaryOperator::Add | BinaryOperator::Subtract, ..) => 3,
            _ => 2,
        }
    }
}
