//! Products of sums, multiplied out.

use smallvec::smallvec;

use super::Simplifier;
use super::product::{Powers, Product};
use super::terms::{List, Terms};
use crate::calculus::Id;
use crate::calculus::ratio::Ratio;

/// The maximum number of terms of an expanded product.
const MAX_EXPANDED: usize = 48;

impl Simplifier<'_> {
    /// The sum with its products multiplied out, if that is possible and the result is not too
    /// long.
    pub(super) fn expanded(&mut self, terms: &Terms) -> Option<Terms> {
        let mut out = Terms::default();
        let mut changed = false;
        for &(coefficient, key) in &terms.list {
            let product = self.product_of(key);
            let Some(parts) = self.multiplied_out(&product) else {
                out.add(coefficient, key);
                continue;
            };
            changed = true;
            for (part, key) in parts.list {
                let scaled = part.times(coefficient);
                if !scaled.is_sound(part.is_zero()) || out.list.len() > MAX_EXPANDED {
                    return None;
                }
                out.add(scaled, key);
            }
        }
        changed.then_some(out)
    }

    /// A product written as a sum, if one of its factors is a sum.
    pub(super) fn multiplied_out(&mut self, product: &Product) -> Option<Terms> {
        let (sums, rest) = self.split_sums(product);
        if sums.is_empty() {
            return None;
        }
        let rest = self.write_product(&rest);
        let mut out: List = smallvec![(Ratio::ONE, rest)];
        for sum in sums {
            let mut factor = Terms::default();
            self.collect(sum, Ratio::ONE, &mut factor);
            out = self.distributed(&out, &factor.list)?;
        }
        let mut collected = Terms::default();
        for (coefficient, key) in out {
            self.collect(key, coefficient, &mut collected);
        }
        collected.is_sound().then_some(collected)
    }

    /// The factors that are sums, each as often as it occurs, and the product of the others.
    fn split_sums(&self, product: &Product) -> (Vec<Id>, Product) {
        let mut rest = Product { coefficient: product.coefficient, factors: Powers::new() };
        let mut sums = Vec::new();
        for &(base, exponent) in &product.factors {
            let is_sum = self.is_sum(base);
            let times = exponent.value();
            if is_sum && exponent.is_integer() && (1.0..=4.0).contains(&times) {
                sums.extend(std::iter::repeat_n(base, times as usize));
            } else {
                rest.factors.push((base, exponent));
            }
        }
        (sums, rest)
    }

    fn distributed(&mut self, left: &[(Ratio, Id)], right: &[(Ratio, Id)]) -> Option<List> {
        if left.len() * right.len() > MAX_EXPANDED {
            return None;
        }
        let mut out = List::with_capacity(left.len() * right.len());
        for &(a, first) in left {
            for &(b, second) in right {
                let product = self.merged(&[(false, first), (false, second)]);
                let coefficient = a.times(b).times(product.coefficient);
                if !coefficient.is_sound(product.coefficient.is_zero()) {
                    return None;
                }
                let key = self.write_product(&Product { coefficient: Ratio::ONE, ..product });
                out.push((coefficient, key));
            }
        }
        Some(out)
    }
}
