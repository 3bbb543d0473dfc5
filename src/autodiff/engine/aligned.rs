//! Numbers that begin at a cache line, so that vectors of them do not lie on two.

use std::ops::{Deref, DerefMut};

/// The bytes of a cache line.
pub const LINE: usize = 64;

/// A list of fixed length whose first number begins a cache line. A copy may begin elsewhere, which
/// is only slower.
#[derive(Clone, Debug)]
pub struct Aligned<T> {
    all: Vec<T>,
    first: usize,
    len: usize,
}

impl<T: Copy + Default> Aligned<T> {
    /// So many zeros.
    #[must_use]
    pub fn zeros(len: usize) -> Self {
        let all = vec![T::default(); len + LINE / size_of::<T>()];
        // Where the offset can't be told, the list begins at its beginning.
        let first = all.as_ptr().align_offset(LINE);
        Self { first: if first < LINE / size_of::<T>() { first } else { 0 }, all, len }
    }
}

impl<T> Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.all[self.first..][..self.len]
    }
}

impl<T> DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.all[self.first..][..self.len]
    }
}

impl<T: PartialEq> PartialEq for Aligned<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_begin_at_a_cache_line() {
        for len in 0..40 {
            let (doubles, singles) = (Aligned::<f64>::zeros(len), Aligned::<f32>::zeros(len));
            assert_eq!((doubles.len(), singles.len()), (len, len));
            assert_eq!((doubles.as_ptr() as usize % LINE, singles.as_ptr() as usize % LINE), (0, 0));
        }
    }
}
