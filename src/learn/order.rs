//! The order in which samples are taken.

use rand_mt::Mt;

/// The samples of every epoch, one list after the other.
pub(super) fn shuffled(samples: usize, epochs: usize, seed: u32) -> Vec<u32> {
    let mut shuffle = Shuffle::new(seed);
    let mut order: Vec<u32> = (0..samples as u32).collect();
    let mut epoch = |_| {
        shuffle.shuffle(&mut order);
        order.clone()
    };
    (0..epochs).flat_map(&mut epoch).collect()
}

/// Shuffles as CPython does it: `random.seed(seed)` once, then `random.shuffle(order)` before each
/// epoch (Lib/random.py and Modules/_randommodule.c), so that a Python program takes the samples in
/// the same order.
pub(super) struct Shuffle(Mt);

impl Shuffle {
    pub(super) fn new(seed: u32) -> Self {
        Self(Mt::new_with_key([seed]))
    }

    /// Shuffles the order of the epoch before.
    pub(super) fn shuffle(&mut self, order: &mut [u32]) {
        for last in (1..order.len()).rev() {
            order.swap(last, below(&mut self.0, last as u32 + 1) as usize);
        }
    }
}

/// A random integer below `end`: draws as many bits as `end` has, until the number is below `end`.
fn below(random: &mut Mt, end: u32) -> u32 {
    loop {
        let number = random.next_u32() >> end.leading_zeros();
        if number < end {
            return number;
        }
    }
}
