//! Data that is made.

use downhill::learn::{Error, Recipe, generate};

use crate::support::{close, program};

const RECIPE: Recipe = Recipe { range: (0.0, 2.0), count: 5.0, noise: 0.0, seed: 0 };

fn made(formula: &str, recipe: Recipe) -> Result<[Vec<f64>; 2], String> {
    generate(&program(formula), recipe).map_err(|error: Error| error.to_string())
}

#[test]
fn a_formula_at_places_of_equal_distance() {
    assert_eq!(made("2*x + 1", RECIPE).unwrap(), [vec![0.0, 0.5, 1.0, 1.5, 2.0], vec![1.0, 2.0, 3.0, 4.0, 5.0]]);
    assert_eq!(made("3", Recipe { count: 1.0, ..RECIPE }).unwrap(), [vec![0.0], vec![3.0]]);
}

/// CPython: random.seed(0); [random.gauss(0, 1) for _ in range(5)]
#[test]
fn the_noise_is_cpythons() {
    let [_, y] = made("0", Recipe { noise: 1.0, ..RECIPE }).unwrap();
    let expected =
        [0.9417154046806644, -1.3965781047011498, -0.6797144480784211, 0.3705035674606598, -1.016348894188071];
    assert!(y.iter().zip(expected).all(|(&a, b)| close(a, b, 1e-5)), "{y:?}");
}

#[test]
fn recipes_that_are_refused() {
    let check = |formula, recipe, message: &str| assert_eq!(made(formula, recipe), Err(message.to_owned()));
    let count = |count| Recipe { count, ..RECIPE };
    check("w*x", RECIPE, "`w` has no value; give it one");
    check("x", count(0.0), "the number of samples must be a whole number from 1 to 100000; it is 0");
    check("x", count(100_001.0), "the number of samples must be a whole number from 1 to 100000; it is 100001");
    check("x", count(f64::NAN), "the number of samples must be a whole number from 1 to 100000; it is nan");
    let broken = "the range must be two finite numbers, and the noise a finite number of at least 0";
    check("x", Recipe { range: (0.0, f64::INFINITY), ..RECIPE }, broken);
    check("x", Recipe { noise: -1.0, ..RECIPE }, broken);
}
