//! Sums: like terms are collected, then the shortest of three ways to write them is taken.

use smallvec::{SmallVec, smallvec};

use super::Simplifier;
use super::product::{Powers, Product};
use crate::calculus::ratio::Ratio;
use crate::calculus::table::Table;
use crate::calculus::{Id, Node};
use crate::formula::BinaryOperator;

/// The most terms of an expanded product.
const MAX_EXPANDED: usize = 48;

/// Terms in the order of their first appearance: a coefficient, and a product without one.
#[derive(Clone, Default)]
pub(super) struct Terms {
    list: List,
    /// Where the terms of a long sum are; a short one is looked through.
    places: Table<usize>,
}

type List = SmallVec<[(Ratio, Id); 4]>;

/// The most terms that are looked through.
const SHORT: usize = 16;

impl Terms {
    pub(super) fn into_list(self) -> List {
        self.list
    }

    /// Whether no coefficient has overflowed.
    fn is_sound(&self) -> bool {
        self.list.iter().all(|(coefficient, _)| coefficient.is_sound(true))
    }

    pub(super) fn add(&mut self, coefficient: Ratio, key: Id) {
        if let Some(place) = self.place_of(key) {
            let total = self.list[place].0.plus(coefficient);
            if total.is_sound(true) {
                self.list[place].0 = total;
                return;
            }
        }
        self.list.push((coefficient, key));
        match self.list.len() {
            SHORT => self.list.iter().enumerate().rev().for_each(|(place, (_, key))| self.places.insert(*key, place)),
            length if length > SHORT => self.places.insert(key, length - 1),
            _ => (),
        }
    }

    fn place_of(&self, key: Id) -> Option<usize> {
        if self.list.len() < SHORT {
            return self.list.iter().position(|(_, other)| *other == key);
        }
        self.places.get(key).copied()
    }
}

impl Simplifier<'_> {
    pub(super) fn sum(&mut self, id: Id) -> Id {
        let mut collected = Terms::default();
        for (negative, term) in self.terms(id) {
            let sign = if negative { Ratio::ONE.negated() } else { Ratio::ONE };
            self.collect(self.done_with(term), sign, &mut collected);
        }
        self.best_sum(&collected)
    }

    /// The shortest of the sum as it is, expanded, and with what its terms share as a factor.
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

    fn write_sum(&mut self, terms: &Terms) -> Id {
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

    /// The sum with its products multiplied out, where that is possible and not too long.
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

    /// A product as a sum, where one of its factors is a sum.
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

    /// The factors that are sums, as often as they occur, and the product of the others.
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

    /// The sum with what all its terms share in front: `2*x^2*w - 2*x*y` is `2*x*(x*w - y)`.
    fn factored(&mut self, terms: &Terms) -> Option<Id> {
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

/// Whether a sum begins with a term that is not subtracted, if it has one.
fn starts_well(list: &[(Ratio, Id)]) -> bool {
    let is_added = |(coefficient, _): &(Ratio, Id)| !coefficient.is_negative();
    list.first().is_none_or(is_added) || !list.iter().any(is_added)
}

/// What a sum or a product is made of, whatever their order.
pub(super) type Signature = SmallVec<[(Id, u64, u64); 4]>;

/// The parts of a sum in an order that does not depend on how it was written.
pub(super) fn signature(list: &[(Ratio, Id)], kind: u32) -> Signature {
    let mut signature: Signature =
        list.iter().map(|(ratio, id)| (*id, ratio.numerator.to_bits(), ratio.denominator.to_bits())).collect();
    signature.sort_unstable();
    signature.push((kind, u64::MAX, u64::MAX));
    signature
}

/// The bases that all products have with positive exponents, each with the least of them.
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
