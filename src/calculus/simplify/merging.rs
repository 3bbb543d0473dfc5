//! Multiplying factors: the exponents of equal bases add up, and cancelled factors are recorded as
//! conditions.

use smallvec::SmallVec;

use super::product::{Powers, Product};
use super::{Condition, Simplifier};
use crate::calculus::ratio::Ratio;
use crate::calculus::{Id, Node};
use crate::function::FUNCTIONS;

/// A product under construction, and every factor that was combined with another of the same base.
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

impl Simplifier<'_> {
    /// The product of simplified factors, some of which are divisors.
    pub(super) fn merged(&mut self, factors: &[(bool, Id)]) -> Product {
        let mut merging = Merging { product: Product::one(), lost: Powers::new() };
        for &(divided, factor) in factors {
            let part = self.product_of(factor);
            if divided && part.coefficient.is_zero() {
                // A division by 0 is not evaluated; it stays as it is written.
                merging.multiply(factor, Ratio::ONE.negated());
                continue;
            }
            let before = merging.product.coefficient;
            let coefficient = if divided { before.over(part.coefficient) } else { before.times(part.coefficient) };
            if !coefficient.is_sound(before.is_zero() || part.coefficient.is_zero()) {
                // Numbers whose product would overflow or underflow are not multiplied.
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

    /// A sum with its sign changed, if that is already a base (`b - a` beside `a - b`), and whether
    /// this changes the product's sign.
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

    /// Records the conditions under which factors cancel, and removes those factors.
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

    /// Zero times an expression is zero, where the expression is defined.
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
    pub(super) fn merge_exponentials(&mut self, product: &mut Product) {
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
