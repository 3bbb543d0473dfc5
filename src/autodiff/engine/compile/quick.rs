//! The functions for singles as instructions.

use std::f64::consts::{LN_2, LOG2_E};

use super::body::Body;
use super::numbers::Numbers;
use crate::autodiff::engine::single::{INTO_LAST_BITS, LEAST, MOST, Quick, SERIES, SMALL};

/// Leaves the value of a function of the double in the local `a` on the stack.
pub(super) fn emit_quick(body: &mut Body, numbers: Numbers, quick: Quick, a: u32) {
    match quick {
        Quick::Exp => emit_exp(body, numbers, a),
        Quick::Sigmoid => {
            body.then().local_get(a);
            numbers.negate(body);
            let negative = body.keep(numbers.kind());
            numbers.constant(body, 1.0);
            numbers.constant(body, 1.0);
            emit_exp(body, numbers, negative);
            numbers.add(body);
            numbers.divide(body);
        }
        Quick::Tanh => emit_tanh(body, numbers, a),
    }
}

fn emit_tanh(body: &mut Body, numbers: Numbers, a: u32) {
    emit_small_tanh(body, numbers, a);
    body.then().local_get(a).local_get(a);
    numbers.add(body);
    let double = body.keep(numbers.kind());
    numbers.constant(body, 1.0);
    numbers.constant(body, 2.0);
    emit_exp(body, numbers, double);
    numbers.constant(body, 1.0);
    numbers.add(body);
    numbers.divide(body);
    numbers.subtract(body);
    body.then().local_get(a);
    numbers.absolute(body);
    numbers.constant(body, SMALL);
    numbers.less(body);
    numbers.choose(body);
}

/// `a * (1 - a^2 * (1/3 - a^2 * 2/15))`
fn emit_small_tanh(body: &mut Body, numbers: Numbers, a: u32) {
    body.then().local_get(a).local_get(a);
    numbers.multiply(body);
    let square = body.keep(numbers.kind());
    body.then().local_get(a);
    numbers.constant(body, 1.0);
    body.then().local_get(square);
    numbers.constant(body, 1.0 / 3.0);
    body.then().local_get(square);
    numbers.constant(body, 2.0 / 15.0);
    numbers.multiply(body);
    numbers.subtract(body);
    numbers.multiply(body);
    numbers.subtract(body);
    numbers.multiply(body);
}

fn emit_exp(body: &mut Body, numbers: Numbers, a: u32) {
    let within = emit_clamped(body, numbers, a);
    body.then().local_get(within);
    numbers.constant(body, LOG2_E);
    numbers.multiply(body);
    numbers.nearest(body);
    let k = body.keep(numbers.kind());
    body.then().local_get(within).local_get(k);
    numbers.constant(body, LN_2);
    numbers.multiply(body);
    numbers.subtract(body);
    let r = body.keep(numbers.kind());
    numbers.constant(body, SERIES[0]);
    for &coefficient in &SERIES[1..] {
        body.then().local_get(r);
        numbers.multiply(body);
        numbers.constant(body, coefficient);
        numbers.add(body);
    }
    body.then().local_get(k);
    numbers.constant(body, INTO_LAST_BITS);
    numbers.add(body);
    numbers.power_of_two(body);
    numbers.multiply(body);
}

/// The number within the bounds of the exponential; NaN stays.
fn emit_clamped(body: &mut Body, numbers: Numbers, a: u32) -> u32 {
    numbers.constant(body, LEAST);
    body.then().local_get(a).local_get(a);
    numbers.constant(body, LEAST);
    numbers.less(body);
    numbers.choose(body);
    let above = body.keep(numbers.kind());
    numbers.constant(body, MOST);
    body.then().local_get(above).local_get(above);
    numbers.constant(body, MOST);
    numbers.greater(body);
    numbers.choose(body);
    body.keep(numbers.kind())
}
