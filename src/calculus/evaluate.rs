//! The value of every expression of a pool at one point.

use super::{Derivation, Id, Node, Pool};
use crate::autodiff::Operation;
use crate::function::{CONSTANTS, FUNCTIONS};

/// The value of each expression in the pool, given the values of the names; a name without a value
/// is NaN. A derivative that is still to be calculated has the value of its step's result.
#[must_use]
pub fn evaluate(pool: &Pool, derivation: Option<&Derivation>, values: &[(&str, f64)]) -> Vec<f64> {
    let first = sweep(pool, values, &|_| f64::NAN);
    match derivation {
        None => first,
        Some(derivation) => {
            let value = |of| first[derivation.steps[derivation.step_of(of)].result as usize];
            sweep(pool, values, &value)
        }
    }
}

/// The value of the last of some expressions, which are in order and include all their parts.
pub(super) fn evaluate_only(pool: &Pool, ids: &[Id], values: &[(&str, f64)]) -> f64 {
    let mut all = vec![f64::NAN; ids.last().map_or(0, |&last| last as usize + 1)];
    for &id in ids {
        all[id as usize] = value(pool, id, &all, values, &|_| f64::NAN);
    }
    all.last().copied().unwrap_or(f64::NAN)
}

fn sweep(pool: &Pool, values: &[(&str, f64)], pending: &impl Fn(Id) -> f64) -> Vec<f64> {
    let mut all: Vec<f64> = Vec::with_capacity(pool.len());
    for id in 0..pool.len() as Id {
        all.push(value(pool, id, &all, values, pending));
    }
    all
}

fn value(pool: &Pool, id: Id, all: &[f64], values: &[(&str, f64)], pending: &impl Fn(Id) -> f64) -> f64 {
    let at = |id: Id| all[id as usize];
    match pool.node(id) {
        Node::Number(bits) => f64::from_bits(bits),
        Node::Constant(place) => CONSTANTS[place as usize].value,
        Node::Name(_) => of_name(pool, id, values),
        Node::Negate(a) => -at(a),
        Node::Binary(operator, a, b) => Operation::from(operator).value(at(a), at(b)),
        Node::Call(place, a, b) => FUNCTIONS[place as usize].value(at(a), at(b)),
        Node::Pending(a) => pending(a),
    }
}

fn of_name(pool: &Pool, id: Id, values: &[(&str, f64)]) -> f64 {
    let name = pool.as_name(id);
    values.iter().find(|(known, _)| Some(*known) == name).map_or(f64::NAN, |&(_, value)| value)
}
