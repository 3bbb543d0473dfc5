//! Terms of a sum, with like terms collected.

use smallvec::SmallVec;

use crate::calculus::Id;
use crate::calculus::ratio::Ratio;
use crate::calculus::table::Table;

/// Terms in the order of their first appearance: a coefficient, and a product without a
/// coefficient.
#[derive(Clone, Default)]
pub(super) struct Terms {
    pub(super) list: List,
    /// The places of the terms of a long sum; a short sum is searched from the start.
    places: Table<usize>,
}

pub(super) type List = SmallVec<[(Ratio, Id); 4]>;

/// The maximum number of terms that are searched one by one.
const SHORT: usize = 16;

impl Terms {
    pub(super) fn into_list(self) -> List {
        self.list
    }

    /// Whether no coefficient has overflowed.
    pub(super) fn is_sound(&self) -> bool {
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

/// The parts of a sum or a product, in any order.
pub(super) type Signature = SmallVec<[(Id, u64, u64); 4]>;

/// The parts of a sum in an order that does not depend on how it was written.
pub(super) fn signature(list: &[(Ratio, Id)], kind: u32) -> Signature {
    let mut signature: Signature =
        list.iter().map(|(ratio, id)| (*id, ratio.numerator.to_bits(), ratio.denominator.to_bits())).collect();
    signature.sort_unstable();
    signature.push((kind, u64::MAX, u64::MAX));
    signature
}
