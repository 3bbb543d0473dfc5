//! What each rule gives: the derivative of an expression from the derivatives of its parts.

use super::{Id, Node, Pool, Rule};
use crate::formula::{BinaryOperator, Program};
use crate::function::FUNCTIONS;

/// The terms of a sum from left to right, and whether each is subtracted.
pub(super) fn signed_terms(pool: &Pool, mut id: Id) -> Vec<(bool, Id)> {
    let mut terms = Vec::new();
    while let Node::Binary(operator @ (BinaryOperator::Add | BinaryOperator::Subtract), left, right) = pool.node(id) {
        terms.push((operator == BinaryOperator::Subtract, right));
        id = left;
    }
    terms.push((false, id));
    terms.reverse();
    terms
}

/// What a rule gives for an expression, given the derivatives `parts` of its `insides`.
pub(super) fn assemble(pool: &mut Pool, rule: Rule, of: Id, insides: &[Id], parts: &[Id]) -> Id {
    match (rule, pool.node(of)) {
        (Rule::Constant, _) => pool.number(0.0),
        (Rule::Sum, _) => sum(pool, of, insides, parts),
        (Rule::ConstantFactor, Node::Negate(_)) => pool.negate(parts[0]),
        (Rule::ConstantFactor, Node::Binary(BinaryOperator::Divide, _, b)) => pool.divide(parts[0], b),
        (Rule::ConstantFactor, Node::Binary(_, a, b)) => {
            constant_factor(pool, if insides[0] == a { b } else { a }, parts[0])
        }
        (Rule::Product, Node::Binary(_, a, b)) => product(pool, [a, b], parts),
        (Rule::Quotient, Node::Binary(_, a, b)) => quotient(pool, [a, b], parts),
        (Rule::Reciprocal, Node::Binary(_, a, b)) => reciprocal(pool, [a, b], parts[0]),
        (Rule::Power, Node::Binary(_, a, b)) => power(pool, [a, b], parts.first().copied()),
        (Rule::Exponential, Node::Binary(_, a, _)) => exponential(pool, a, of, parts.first().copied()),
        (Rule::GeneralPower, Node::Binary(_, a, b)) => general_power(pool, [a, b], of, parts),
        (Rule::Chain(_), Node::Call(place, a, b)) => chain(pool, place, [a, b], parts),
        _ => pool.number(1.0),
    }
}

fn sum(pool: &mut Pool, of: Id, insides: &[Id], parts: &[Id]) -> Id {
    let terms = signed_terms(pool, of);
    let mut total = parts[0];
    for (((subtracted, term), &inside), &part) in terms.into_iter().zip(insides).zip(parts).skip(1) {
        // If the inside is not the term itself, it is the term with its sign.
        let subtracted = subtracted && inside == term;
        total = if subtracted { pool.subtract(total, part) } else { pool.plus(total, part) };
    }
    total
}

/// `c·u'`; numbers come first, so that x times 1 is written 1·x.
fn constant_factor(pool: &mut Pool, constant: Id, part: Id) -> Id {
    if pool.as_number(part).is_some() { pool.times(part, constant) } else { pool.times(constant, part) }
}

fn product(pool: &mut Pool, [a, b]: [Id; 2], parts: &[Id]) -> Id {
    let first = pool.times(parts[0], b);
    let second = pool.times(a, parts[1]);
    pool.plus(first, second)
}

fn quotient(pool: &mut Pool, [a, b]: [Id; 2], parts: &[Id]) -> Id {
    let first = pool.times(parts[0], b);
    let second = pool.times(a, parts[1]);
    let top = pool.subtract(first, second);
    let square = pool.square(b);
    pool.divide(top, square)
}

fn reciprocal(pool: &mut Pool, [a, b]: [Id; 2], part: Id) -> Id {
    let top = pool.times(a, part);
    let square = pool.square(b);
    let fraction = pool.divide(top, square);
    pool.negate(fraction)
}

/// `n·u^(n−1)·u'`. A derivative that is still to be calculated is written last, so that it can't
/// seem to include the factors after it; its result is written second.
fn power(pool: &mut Pool, [a, b]: [Id; 2], part: Option<Id>) -> Id {
    let lowered = lowered_power(pool, a, b);
    match part {
        None => pool.times(b, lowered),
        Some(part) if matches!(pool.node(part), Node::Pending(_)) => {
            let outer = pool.times(b, lowered);
            pool.times(outer, part)
        }
        Some(part) => {
            let front = pool.times(b, part);
            pool.times(front, lowered)
        }
    }
}

/// `u^(n−1)`, with the exponent already calculated: 1 and not 2 − 1.
fn lowered_power(pool: &mut Pool, a: Id, b: Id) -> Id {
    let one = pool.number(1.0);
    match pool.as_number(b) {
        Some(2.0) => a,
        Some(1.0) => one,
        Some(n) => {
            let lowered = pool.number(n - 1.0);
            pool.power(a, lowered)
        }
        None => {
            let lowered = pool.subtract(b, one);
            pool.power(a, lowered)
        }
    }
}

fn exponential(pool: &mut Pool, a: Id, of: Id, part: Option<Id>) -> Id {
    let natural =
        matches!(pool.node(a), Node::Constant(place) if crate::function::CONSTANTS[place as usize].name == "e");
    let outer = if natural {
        of
    } else {
        let log = pool.call_named("log", a);
        pool.times(of, log)
    };
    with_inside(pool, outer, part)
}

fn general_power(pool: &mut Pool, [a, b]: [Id; 2], of: Id, parts: &[Id]) -> Id {
    let log = pool.call_named("log", a);
    let first = pool.times(parts[1], log);
    let scaled = pool.times(b, parts[0]);
    let second = pool.divide(scaled, a);
    let rate = pool.plus(first, second);
    pool.times(of, rate)
}

/// `f'(u)·u'`, or the sum over both arguments of a function of two.
fn chain(pool: &mut Pool, place: u8, arguments: [Id; 2], parts: &[Id]) -> Id {
    let symbolic = FUNCTIONS[place as usize].symbolic;
    let outer = |pool: &mut Pool, formula| template(pool, formula, arguments);
    if let [by_u, by_v] = symbolic {
        let both: Vec<Id> = [by_u, by_v]
            .iter()
            .zip([parts[0], parts[parts.len() - 1]])
            .map(|(formula, part)| {
                let outer = outer(pool, formula);
                with_inside(pool, outer, Some(part))
            })
            .collect();
        return pool.plus(both[0], both[1]);
    }
    let outer = outer(pool, symbolic[0]);
    with_inside(pool, outer, parts.first().copied())
}

/// `f'(u)·u'`; a number comes first.
fn with_inside(pool: &mut Pool, outer: Id, part: Option<Id>) -> Id {
    match part {
        None => outer,
        Some(part) if pool.as_number(part).is_some() => pool.times(part, outer),
        Some(part) => pool.times(outer, part),
    }
}

/// A formula from the table of functions, with the arguments in place of `u` and `v`.
fn template(pool: &mut Pool, formula: &str, [u, v]: [Id; 2]) -> Id {
    let Ok(program) = Program::parse_numbers(formula) else {
        return pool.number(f64::NAN);
    };
    let expression = &program.lines()[0].expression;
    pool.import_with(expression, &mut |_, name| if name == "u" { u } else { v })
}
