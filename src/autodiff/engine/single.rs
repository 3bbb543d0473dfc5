//! Functions that are accurate enough for singles and made of a few operations, so that compiled
//! code computes them for several samples at once. Both executors use the same operations in the
//! same order, and have the same bits.

use std::f64::consts::{LN_2, LOG2_E};

use crate::autodiff::Operation;

/// The exponents within which 2 to their power is a normal double.
pub(super) const LEAST: f64 = -708.0;
pub(super) const MOST: f64 = 709.0;
/// What moves a whole number into the last bits of a double: 1.5 times 2 to the power of 52.
pub(super) const INTO_LAST_BITS: f64 = 6_755_399_441_055_744.0;
/// Below this, the hyperbolic tangent is taken from its series: the difference of two numbers that
/// are nearly equal has too few digits.
pub(super) const SMALL: f64 = 0.02;
/// The coefficients of the series of the exponential, the highest power first.
pub(super) const SERIES: [f64; 9] =
    [1.0 / 40_320.0, 1.0 / 5_040.0, 1.0 / 720.0, 1.0 / 120.0, 1.0 / 24.0, 1.0 / 6.0, 0.5, 1.0, 1.0];

/// The functions that have a version of their own for singles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quick {
    /// `exp(a)`
    Exp,
    /// `tanh(a)`
    Tanh,
    /// `sigmoid(a)`
    Sigmoid,
}

impl Quick {
    /// The version of an operation, if it has one.
    pub(super) fn of(operation: Operation) -> Option<Self> {
        let Operation::Call(function) = operation else { return None };
        match function.name {
            "exp" => Some(Self::Exp),
            "tanh" => Some(Self::Tanh),
            "sigmoid" => Some(Self::Sigmoid),
            _ => None,
        }
    }

    /// The value, with a relative error below 1e-8.
    pub(super) fn value(self, a: f64) -> f64 {
        match self {
            Self::Exp => exp(a),
            Self::Sigmoid => 1.0 / (1.0 + exp(-a)),
            Self::Tanh if a.abs() < SMALL => {
                let square = a * a;
                a * (1.0 - square * (1.0 / 3.0 - square * (2.0 / 15.0)))
            }
            Self::Tanh => 1.0 - 2.0 / (exp(a + a) + 1.0),
        }
    }
}

/// `2^k * e^r` with the whole number `k` nearest to `a / log 2`; the series of `e^r` has an error of
/// 2e-10.
fn exp(a: f64) -> f64 {
    let above = if a < LEAST { LEAST } else { a };
    let a = if above > MOST { MOST } else { above };
    let k = (a * LOG2_E).round_ties_even();
    let r = a - k * LN_2;
    let series = SERIES[1..].iter().fold(SERIES[0], |sum, coefficient| sum * r + coefficient);
    let bits = (k + INTO_LAST_BITS).to_bits().wrapping_add(1023) << 52;
    series * f64::from_bits(bits)
}
