//! The functions that compiled code calls, so that all executors have the same bits.

use crate::autodiff::Operation;
use crate::function::{FUNCTIONS, INNER_FUNCTIONS};

/// The numbers of the powers, after those of the functions in their table.
const POWER: u32 = FUNCTIONS.len() as u32;
const POWER_OF: u32 = POWER + 1;
/// The numbers from here on are those of the functions without a name in formulas.
const INNER: u32 = POWER_OF + 1;

/// The number under which compiled code calls an operation, and the exponent that is a part of it.
pub(super) fn number(operation: Operation) -> (u32, Option<f64>) {
    match operation {
        Operation::PowerOf(exponent) => (POWER_OF, Some(exponent)),
        Operation::Call(function) => {
            // An inner function may have the name of another one.
            let inner = INNER_FUNCTIONS.iter().position(|known| std::ptr::eq(*known, function));
            let known = || FUNCTIONS.iter().position(|known| known == function).map(|place| place as u32);
            (inner.map(|place| INNER + place as u32).or_else(known).unwrap_or(u32::MAX), None)
        }
        _ => (POWER, None),
    }
}

fn operation(number: u32, exponent: f64) -> Operation {
    match number {
        POWER => Operation::Power,
        POWER_OF => Operation::PowerOf(exponent),
        INNER.. => {
            INNER_FUNCTIONS.get((number - INNER) as usize).map_or(Operation::Identity, |inner| Operation::Call(inner))
        }
        _ => FUNCTIONS.get(number as usize).map_or(Operation::Identity, Operation::Call),
    }
}

/// The value of the operation with this number. The exponent of a power that is a part of the
/// operation stands in the place of `b`.
#[must_use]
pub fn value(number: u32, a: f64, b: f64) -> f64 {
    operation(number, b).value(a, b)
}

/// The derivative of the operation with this number by its first operand (0) or its second one (1).
#[must_use]
pub fn derivative(number: u32, by: u32, a: f64, b: f64, y: f64) -> f64 {
    operation(number, b).derivatives(a, b, y)[by.min(1) as usize]
}
