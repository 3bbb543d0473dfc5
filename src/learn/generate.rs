//! Data that is made: a formula of `x` at places of equal distance, with noise.

use std::f64::consts::TAU;

use rand_mt::Mt;

use super::{Error, Limits};
use crate::autodiff::{Sweep, lower};
use crate::formula::Program;

/// How data is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// The first and the last `x`.
    pub range: (f64, f64),
    /// The number of samples.
    pub count: f64,
    /// The standard deviation of the noise, 0 for none.
    pub noise: f64,
    /// What decides the noise.
    pub seed: u32,
}

/// The columns `x` and `y` of data made by a formula in `x`.
///
/// # Errors
/// When the formula has other names, or a number of the recipe does not fit.
pub fn generate(formula: &Program, recipe: Recipe) -> Result<[Vec<f64>; 2], Error> {
    let Recipe { range: (low, high), count, noise, seed } = recipe;
    if let Some((name, span)) = formula.free_uses().into_iter().find(|(name, _)| *name != "x") {
        return Err(Error::MissingValue(name.to_owned(), span));
    }
    if !(count >= 1.0 && count.fract() == 0.0 && count <= Limits::PAGE.samples as f64) {
        return Err(Error::SampleCount(count));
    }
    if !(low.is_finite() && high.is_finite() && noise >= 0.0 && noise.is_finite()) {
        return Err(Error::Recipe);
    }
    let steps = (count - 1.0).max(1.0);
    let x: Vec<f64> = (0..count as usize).map(|k| tidy(low + (high - low) * k as f64 / steps)).collect();
    let noises = normals(seed).take(x.len());
    let graph = lower(formula, &["x"]);
    let mut sweep = Sweep::new(&graph);
    let y = x.iter().zip(noises).map(|(&x, normal)| {
        if let Some(value) = sweep.values.first_mut().filter(|_| !graph.variables().is_empty()) {
            *value = x;
        }
        tidy(sweep.forward(&graph) + noise * normal)
    });
    let y = y.collect();
    Ok([x, y])
}

/// Six significant digits: data as people have it, and short in an address.
fn tidy(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

/// Normal numbers as CPython's `random.gauss(0, 1)` gives them (Box and Muller, 1958).
fn normals(seed: u32) -> impl Iterator<Item = f64> {
    let mut random = Mt::new_with_key([seed]);
    std::iter::from_fn(move || {
        let (angle, part) = (uniform(&mut random) * TAU, uniform(&mut random));
        let radius = (-2.0 * (1.0 - part).ln()).sqrt();
        Some([angle.cos() * radius, angle.sin() * radius])
    })
    .flatten()
}

/// From 0 to below 1, with 53 random bits, as CPython's `random.random()`.
fn uniform(random: &mut Mt) -> f64 {
    let (high, low) = (random.next_u32() >> 5, random.next_u32() >> 6);
    (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
}
