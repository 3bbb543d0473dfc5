//! Operations and their derivatives as instructions.

use super::body::Body;
use super::called;
use super::numbers::Numbers;
use super::quick::emit_quick;
use super::{DERIVATIVE, VALUE};
use crate::autodiff::Operation;
use crate::autodiff::engine::Precision;
use crate::autodiff::engine::single::Quick;
use crate::function::FIRST_MAX;

/// Where the operands of an operation are: locals with `a`, `b` and the value `y`.
#[derive(Clone, Copy)]
pub(super) struct Operands {
    pub(super) a: u32,
    pub(super) b: u32,
    pub(super) y: u32,
}

/// Leaves the value of an operation on the stack.
pub(super) fn emit_value(body: &mut Body, numbers: Numbers, operation: Operation, at: Operands) {
    let Operands { a, b, .. } = at;
    if let Some(quick) = Quick::of(operation).filter(|_| numbers.precision == Precision::Single) {
        return in_doubles(body, numbers, at, |body, doubles, at| emit_quick(body, doubles, quick, at.a));
    }
    match operation {
        Operation::Identity => get(body, &[a]),
        Operation::Negate => unary(body, a, |body| numbers.negate(body)),
        Operation::PowerOf(2.0) => binary(body, [a, a], |body| numbers.multiply(body)),
        Operation::Add => binary(body, [a, b], |body| numbers.add(body)),
        Operation::Subtract => binary(body, [a, b], |body| numbers.subtract(body)),
        Operation::Multiply => binary(body, [a, b], |body| numbers.multiply(body)),
        Operation::Divide => binary(body, [a, b], |body| numbers.divide(body)),
        Operation::Call(function) if std::ptr::eq(function, &FIRST_MAX) => {
            let is_larger = |body: &mut Body| is_max(body, numbers, [a, b], Numbers::at_least);
            choice(body, numbers, Pick::Local(a), Pick::Local(b), is_larger);
        }
        Operation::Call(function) => emit_function(body, numbers, function.name, operation, at),
        _ => emit_call(body, numbers, operation, None, at),
    }
}

/// The functions that are a few instructions; others are called.
fn emit_function(body: &mut Body, numbers: Numbers, name: &str, operation: Operation, at: Operands) {
    let Operands { a, b, .. } = at;
    match name {
        "sqrt" => unary(body, a, |body| numbers.root(body)),
        "abs" => unary(body, a, |body| numbers.absolute(body)),
        "relu" => choice(body, numbers, Pick::Number(0.0), Pick::Local(a), |body| below(body, numbers, a)),
        "step" => choice(body, numbers, Pick::Number(1.0), Pick::Number(0.0), |body| {
            get(body, &[a]);
            numbers.constant(body, 0.0);
            numbers.greater(body);
        }),
        "gt" => compared(body, numbers, [a, b], |body| numbers.greater(body)),
        "ge" => compared(body, numbers, [a, b], |body| numbers.at_least(body)),
        "lt" => compared(body, numbers, [a, b], |body| numbers.less(body)),
        "le" => compared(body, numbers, [a, b], |body| numbers.at_most(body)),
        "eq" => compared(body, numbers, [a, b], |body| numbers.equal(body)),
        "ne" => compared(body, numbers, [a, b], |body| numbers.unequal(body)),
        "max" => choice(body, numbers, Pick::Local(a), Pick::Local(b), |body| {
            is_max(body, numbers, [a, b], Numbers::greater);
        }),
        "keep" => choice(body, numbers, Pick::Number(0.0), Pick::Local(a), |body| is_zero(body, numbers, b)),
        "drop" => choice(body, numbers, Pick::Local(a), Pick::Number(0.0), |body| is_zero(body, numbers, b)),
        _ => emit_call(body, numbers, operation, None, at),
    }
}

/// Leaves the derivative of an operation by one of its operands on the stack: computed in double
/// precision, rounded once.
pub(super) fn emit_derivative(body: &mut Body, numbers: Numbers, operation: Operation, by: usize, at: Operands) {
    if emit_exact_derivative(body, numbers, operation, by, at) {
        return;
    }
    if numbers.precision == Precision::Single && has_double_derivative(operation) {
        return in_doubles(body, numbers, at, |body, doubles, at| {
            emit_double_derivative(body, doubles, operation, at);
        });
    }
    if has_double_derivative(operation) {
        emit_double_derivative(body, numbers, operation, at);
    } else {
        emit_call(body, numbers, operation, Some(by), at);
    }
}

/// Derivatives that a single rounded instruction gives, in either precision.
fn emit_exact_derivative(body: &mut Body, numbers: Numbers, operation: Operation, by: usize, at: Operands) -> bool {
    let Operands { a, b, y } = at;
    let name = if let Operation::Call(function) = operation { function.name } else { "" };
    match (operation, by, name) {
        (Operation::PowerOf(2.0), ..) => {
            numbers.constant(body, 2.0);
            get(body, &[a]);
            numbers.multiply(body);
        }
        (Operation::Divide, 0, _) => reciprocal(body, numbers, 1.0, b),
        (_, _, "exp") => get(body, &[y]),
        (_, _, "log") => reciprocal(body, numbers, 1.0, a),
        (_, _, "relu") => {
            choice(body, numbers, Pick::Number(0.0), Pick::Number(1.0), |body| below(body, numbers, a));
        }
        (_, 0, "keep") => choice(body, numbers, Pick::Number(0.0), Pick::Number(1.0), |body| is_zero(body, numbers, b)),
        (_, 0, "drop") => choice(body, numbers, Pick::Number(1.0), Pick::Number(0.0), |body| is_zero(body, numbers, b)),
        _ => return false,
    }
    true
}

fn has_double_derivative(operation: Operation) -> bool {
    match operation {
        Operation::Divide => true,
        Operation::Call(function) => matches!(function.name, "tanh" | "sigmoid" | "sqrt"),
        _ => false,
    }
}

/// Derivatives of a few instructions.
fn emit_double_derivative(body: &mut Body, numbers: Numbers, operation: Operation, at: Operands) {
    let Operands { b, y, .. } = at;
    let name = if let Operation::Call(function) = operation { function.name } else { "" };
    match name {
        "tanh" => {
            numbers.constant(body, 1.0);
            binary(body, [y, y], |body| numbers.multiply(body));
            numbers.subtract(body);
        }
        "sigmoid" => {
            get(body, &[y]);
            numbers.constant(body, 1.0);
            get(body, &[y]);
            numbers.subtract(body);
            numbers.multiply(body);
        }
        "sqrt" => emit_root_derivative(body, numbers, operation, y),
        _ => {
            binary(body, [y, b], |body| numbers.divide(body));
            numbers.negate(body);
        }
    }
}

/// `0.5 / y`; the root that ends a norm has the derivative 0 at 0.
fn emit_root_derivative(body: &mut Body, numbers: Numbers, operation: Operation, y: u32) {
    let at_zero = operation.derivatives(0.0, 0.0, 0.0)[0];
    if at_zero != 0.0 {
        return reciprocal(body, numbers, 0.5, y);
    }
    numbers.constant(body, 0.0);
    reciprocal(body, numbers, 0.5, y);
    is_zero(body, numbers, y);
    numbers.choose(body);
}

/// Calls the core for every lane.
fn emit_call(body: &mut Body, numbers: Numbers, operation: Operation, by: Option<usize>, at: Operands) {
    if !numbers.is_vector() {
        return emit_lane(body, numbers, operation, by, at, 0);
    }
    let result = body.local(numbers.kind());
    for lane in 0..numbers.per_vector {
        get(body, &[result]);
        emit_lane(body, numbers, operation, by, at, lane);
        numbers.replace(body, lane);
        body.then().local_set(result);
    }
    get(body, &[result]);
}

fn emit_lane(body: &mut Body, numbers: Numbers, operation: Operation, by: Option<usize>, at: Operands, lane: usize) {
    let (number, exponent) = called::number(operation);
    body.then().i32_const(number as i32);
    if let Some(by) = by {
        body.then().i32_const(by as i32);
    }
    emit_double(body, numbers, at.a, lane);
    match exponent {
        Some(exponent) => {
            body.then().f64_const(exponent.into());
        }
        None => emit_double(body, numbers, at.b, lane),
    }
    if by.is_some() {
        emit_double(body, numbers, at.y, lane);
    }
    body.then().call(if by.is_some() { DERIVATIVE } else { VALUE });
    numbers.narrow(body);
}

fn emit_double(body: &mut Body, numbers: Numbers, local: u32, lane: usize) {
    get(body, &[local]);
    numbers.extract(body, lane);
    numbers.widen(body);
}

/// Computes with singles in double precision, and rounds the result.
fn in_doubles(body: &mut Body, numbers: Numbers, at: Operands, emit: impl Fn(&mut Body, Numbers, Operands)) {
    if !numbers.is_vector() {
        let doubles = Numbers { precision: Precision::Double, ..numbers };
        let wide = at.map(|local| {
            emit_double(body, numbers, local, 0);
            body.keep(doubles.kind())
        });
        emit(body, doubles, wide);
        body.then().f32_demote_f64();
        return;
    }
    for half in 0..2 {
        let wide = at.map(|local| {
            emit_half(body, local, half);
            body.keep(Numbers::doubles().kind())
        });
        emit(body, Numbers::doubles(), wide);
        body.then().f32x4_demote_f64x2_zero();
    }
    // The first two numbers of both.
    body.then().i8x16_shuffle([0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]);
}

fn emit_half(body: &mut Body, local: u32, half: usize) {
    get(body, &[local]);
    if half == 1 {
        get(body, &[local]);
        body.then().i8x16_shuffle([8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]);
    }
    body.then().f64x2_promote_low_f32x4();
}

impl Operands {
    fn map(self, mut each: impl FnMut(u32) -> u32) -> Self {
        Self { a: each(self.a), b: each(self.b), y: each(self.y) }
    }
}

pub(super) fn get(body: &mut Body, locals: &[u32]) {
    for &local in locals {
        body.then().local_get(local);
    }
}

fn unary(body: &mut Body, a: u32, emit: impl FnOnce(&mut Body)) {
    get(body, &[a]);
    emit(body);
}

fn binary(body: &mut Body, operands: [u32; 2], emit: impl FnOnce(&mut Body)) {
    get(body, &operands);
    emit(body);
}

fn reciprocal(body: &mut Body, numbers: Numbers, over: f64, of: u32) {
    numbers.constant(body, over);
    get(body, &[of]);
    numbers.divide(body);
}

#[derive(Clone, Copy)]
enum Pick {
    Local(u32),
    Number(f64),
}

/// The first where the condition holds, else the second.
fn choice(body: &mut Body, numbers: Numbers, yes: Pick, no: Pick, holds: impl FnOnce(&mut Body)) {
    for pick in [yes, no] {
        match pick {
            Pick::Local(local) => get(body, &[local]),
            Pick::Number(number) => numbers.constant(body, number),
        }
    }
    holds(body);
    numbers.choose(body);
}

fn below(body: &mut Body, numbers: Numbers, a: u32) {
    get(body, &[a]);
    numbers.constant(body, 0.0);
    numbers.at_most(body);
}

fn is_zero(body: &mut Body, numbers: Numbers, a: u32) {
    get(body, &[a]);
    numbers.constant(body, 0.0);
    numbers.equal(body);
}

/// Whether the first is the larger of two, or is not a number; `compare` decides what holds for two
/// that are equal.
fn is_max(body: &mut Body, numbers: Numbers, [a, b]: [u32; 2], compare: fn(Numbers, &mut Body)) {
    binary(body, [a, a], |body| numbers.unequal(body));
    binary(body, [a, b], |body| compare(numbers, body));
    numbers.or(body);
}

fn compared(body: &mut Body, numbers: Numbers, operands: [u32; 2], emit: impl FnOnce(&mut Body)) {
    binary(body, operands, emit);
    numbers.condition(body);
}
