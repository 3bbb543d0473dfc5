//! Numbers drawn at random from a seed, the same on every machine.

use std::f64::consts::TAU;

use rand_mt::Mt;

use super::{Builder, Made};
use crate::autodiff::engine::shape::{checked, count};
use crate::formula::Arguments;

impl Builder {
    /// The numbers of a call of `normal`, `uniform` or `kaiming`.
    pub(super) fn draw(&mut self, name: &str, arguments: &Arguments) -> Made {
        let shape = checked(&arguments.numbers)?;
        let option = |name: &str, default: f64| arguments.option(name).map_or(default, |values| values[0]);
        // As CPython's `random.Random(seed)` begins.
        let mut random = Random(Mt::new_with_key([option("seed", 0.0) as u32]));
        let (low, high) = (option("low", 0.0), option("high", 1.0));
        let inputs = count(&shape[1.min(shape.len())..]).max(1);
        let scale = (2.0 / inputs as f64).sqrt();
        let values = (0..count(&shape)).map(|_| match name {
            "uniform" => low + (high - low) * random.uniform(),
            "kaiming" => scale * random.normal(),
            _ => random.normal(),
        });
        let values = values.collect();
        self.constants(shape, values)
    }
}

struct Random(Mt);

impl Random {
    /// From 0 to below 1, with 53 random bits, as CPython's `random.random` takes them.
    fn uniform(&mut self) -> f64 {
        let (high, low) = (self.0.next_u32() >> 5, self.0.next_u32() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    /// Of the standard normal distribution (Box and Muller, 1958).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(TAU * self.uniform())
    }
}
