//! Sums: like terms are collected, then the shortest of three forms is taken.

use super::Simplifier;
use super::product::Product;
use super::terms::{List, Terms, signature};
use crate::calculus::ratio::Ratio;
use crate::calculus::{Id, Node};
use crate::formula::BinaryOperator;

impl Simplifier<'_> {
    pub(super) fn sum(&mut self, id: Id) -> Id {
        let mut collected = Terms::default();
        for (negative, term) in self.terms(id) {
            let sign = if negative { Ratio::ONE.negated() } else { Ratio::ONE };
            self.collect(self.done_with(term), sign, &mut collected);
        }
        self.best_sum(&collected)
    }

    /// The shortest form of the sum: as it is, expanded, or factored.
    pub(super) fn best_sum(&mut self, collected: &Terms) -> Id {
        let plain = self.write_sum(collected);
        let expanded = self.expanded(collected).map(|terms| (self.write_sum(&terms), terms));
        let mut candidates = vec![plain];
        candidates.extend(self.factored(collected));
        if let Some((id, terms)) = expanded {
            candidates.push(id);
            candidates.extend(self.factored(&terms));
        }
        self.shortest(candidates).unwrap_or(plain)
    }

    /// Adds a simplified expression, term by term.
    pub(super) fn collect(&mut self, id: Id, scale: Ratio, out: &mut Terms) {
        for (negative, term) in self.terms(id) {
            let mut product = self.product_of(term);
            let coefficient = std::mem::replace(&mut product.coefficient, Ratio::ONE).times(scale);
            let key = self.write_product(&product);
            out.add(if negative { coefficient.negated() } else { coefficient }, key);
        }
    }

    pub(super) fn write_sum(&mut self, terms: &Terms) -> Id {
        let mut list = List::with_capacity(terms.list.len());
        for &(coefficient, key) in &terms.list {
            match coefficient.is_zero() {
                true => self.require_defined(key),
                false => list.push((coefficient, key)),
            }
        }
        if let Some(&known) = self.written.get(&signature(&list, 0)) {
            return known;
        }
        if !starts_well(&list) {
            let first = list.iter().take_while(|(coefficient, _)| coefficient.is_negative()).count();
            list[..=first].rotate_right(1);
        }
        let id = self.write_terms(&list);
        self.written.insert(signature(&list, 0), id);
        id
    }

    fn write_terms(&mut self, list: &[(Ratio, Id)]) -> Id {
        let Some((&(coefficient, key), rest)) = list.split_first() else {
            return self.pool.number(0.0);
        };
        let mut total = self.scaled(coefficient, key);
        for &(coefficient, key) in rest {
            let term = if coefficient.is_negative() { coefficient.negated() } else { coefficient };
            let term = self.scaled(term, key);
            total = match coefficient.is_negative() {
                true => self.pool.subtract(total, term),
                false => self.pool.plus(total, term),
            };
        }
        total
    }

    /// A coefficient times a product.
    fn scaled(&mut self, coefficient: Ratio, key: Id) -> Id {
        let product = self.product_of(key);
        let together = product.coefficient.times(coefficient);
        if !together.is_sound(coefficient.is_zero()) {
            let number = self.write_ratio(coefficient);
            return self.pool.times(number, key);
        }
        self.write_product(&Product { coefficient: together, ..product })
    }

    pub(super) fn is_sum(&self, id: Id) -> bool {
        matches!(self.pool.node(id), Node::Binary(BinaryOperator::Add | BinaryOperator::Subtract, ..))
    }

    /// A simplified sum with the sign of every term changed.
    pub(super) fn opposite(&mut self, sum: Id) -> Id {
        if let Some(&known) = self.opposites.get(sum) {
            return known;
        }
        let mut terms = Terms::default();
        self.collect(sum, Ratio::ONE.negated(), &mut terms);
        let opposite = self.write_sum(&terms);
        self.opposites.insert(sum, opposite);
        opposite
    }
}

/// Whether a sum begins with a positive term, if it has one.
fn starts_well(list: &[(Ratio, Id)]) -> bool {
    let is_added = |(coefficient, _): &(Ratio, Id)| !coefficient.is_negative();
    list.first().is_none_or(is_added) || !list.iter().any(is_added)
}
