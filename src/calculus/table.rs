//! A map from expressions of a pool to values. The places are dense, so a list is enough.

use super::Id;

#[derive(Clone, Debug)]
pub(super) struct Table<T>(Vec<Option<T>>);

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Table<T> {
    pub(super) fn get(&self, id: Id) -> Option<&T> {
        self.0.get(id as usize)?.as_ref()
    }

    pub(super) fn insert(&mut self, id: Id, value: T) {
        let place = id as usize;
        if self.0.len() <= place {
            self.0.resize_with(place + 1, || None);
        }
        self.0[place] = Some(value);
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
