//! Series that no run should have and some will.

use downhill::picture::{Curve, Ghost, Scale};

use crate::drawing::of_curve;

/// Numbers that break careless axes.
const EDGES: [f64; 18] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    0.0,
    -0.0,
    1.0,
    -1.0,
    1e308,
    -1e308,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    -5e-324,
    1e-310,
    1e-300,
    1e300,
    f64::EPSILON,
];

/// A small generator (Marsaglia's xorshift), so that a failing series can be drawn again.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// An edge, any bit pattern, or something ordinary.
    fn number(&mut self) -> f64 {
        match self.below(4) {
            0 => EDGES[self.below(EDGES.len())],
            1 => f64::from_bits(self.next()),
            2 => self.below(1000) as f64 / 100.0,
            _ => 10f64.powi(self.below(60) as i32 - 30),
        }
    }

    fn series(&mut self, length: usize) -> Vec<f64> {
        match self.below(4) {
            0 => vec![self.number(); length],
            1 => {
                let few = [self.number(), self.number()];
                (0..length).map(|_| few[self.below(2)]).collect()
            }
            _ => (0..length).map(|_| self.number()).collect(),
        }
    }

    fn ghost(&mut self) -> Ghost {
        let length = self.below(51);
        let losses = self.series(length);
        let stride = [1.0, 0.25, 1e6, f64::NAN][self.below(4)];
        let points = losses.into_iter().enumerate().map(|(step, loss)| (step as f64 * stride, loss)).collect();
        Ghost { points, chosen: self.below(2) == 0, name: (self.below(2) == 0).then(|| "test".to_owned()) }
    }

    fn maybe(&mut self, length: usize) -> Option<usize> {
        (self.below(3) == 0).then(|| self.below(length + 2))
    }
}

#[track_caller]
fn check(random: &mut Random, length: usize) {
    let losses = random.series(length);
    let (width, height) = [(300, 180), (900, 420), (140, 120), (20, 10)][random.below(4)];
    let (moment, diverged) = (random.maybe(length), random.maybe(length));
    let ghosts = [random.ghost(), random.ghost()];
    let ghosts = &ghosts[..random.below(3)];
    for scale in [Scale::Linear, Scale::Log] {
        let curve = Curve { scale, moment, diverged, ghosts, ..Curve::of(&losses) };
        of_curve(&curve, width, height).check();
    }
}

#[test]
fn hostile_series_give_valid_pictures() {
    let thorough = std::env::var_os("DOWNHILL_THOROUGH").is_some();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for k in 0..if thorough { 100_000 } else { 3_000 } {
        check(&mut random, if k % 10_000 == 1 { 100_000 } else { k % 51 });
    }
}

#[test]
fn indices_out_of_range_are_allowed() {
    for index in [3, 1000, usize::MAX] {
        let curve = Curve { moment: Some(index), diverged: Some(index), ..Curve::of(&[1.0; 3]) };
        of_curve(&curve, 300, 180).check();
    }
}
