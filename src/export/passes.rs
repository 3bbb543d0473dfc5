//! An operation and its derivatives as lines of Python, with the same operations as in the graph.

use super::names::Names;
use crate::autodiff::{Graph, Operation};
use crate::formula::{Expression, Program, Span, Term};
use crate::function::Function;
use crate::number::repr;

/// An operation, written with the names of its inputs.
pub(super) fn value(graph: &Graph, node: usize, names: &[String]) -> String {
    let operands: Vec<&str> = graph.inputs(node).iter().map(|&input| names[input as usize].as_str()).collect();
    let (a, b) = (operands[0], operands[operands.len() - 1]);
    match graph.operation(node) {
        Some(Operation::Negate) => format!("-{a}"),
        Some(Operation::PowerOf(2.0)) => format!("{a} * {a}"),
        Some(Operation::PowerOf(exponent)) => format!("{a} ** {}", repr(exponent)),
        Some(Operation::Add) => format!("{a} + {b}"),
        Some(Operation::Subtract) => format!("{a} - {b}"),
        Some(Operation::Multiply) => format!("{a} * {b}"),
        Some(Operation::Divide) => format!("{a} / {b}"),
        Some(Operation::Power) => format!("{a} ** {b}"),
        Some(Operation::Call(function)) => called(function, &operands),
        Some(Operation::Identity) | None => a.to_owned(),
    }
}

fn called(function: &'static Function, operands: &[&str]) -> String {
    let mut expression = Expression::default();
    let names = operands.iter().map(|name| expression.push(Term::Name((*name).to_owned()), Span::default()));
    let names: Vec<usize> = names.collect();
    expression.push(Term::Call(function, names), Span::default());
    expression.python()
}

/// The gradient that a node passes back to one of its inputs: upstream times local.
pub(super) fn share(graph: &Graph, node: usize, side: usize, names: &Names) -> String {
    let upstream = &names.gradients[node];
    let operands: Vec<&str> = graph.inputs(node).iter().map(|&input| names.values[input as usize].as_str()).collect();
    let (a, b, y) = (operands[0], operands[operands.len() - 1], &names.values[node]);
    let local = match (graph.operation(node), side) {
        (Some(Operation::Add | Operation::Identity), _) | (Some(Operation::Subtract), 0) | (None, _) => {
            return upstream.clone();
        }
        (Some(Operation::Negate | Operation::Subtract), _) => return format!("-{upstream}"),
        (Some(Operation::Multiply), 0) => b.to_owned(),
        (Some(Operation::Multiply), _) => a.to_owned(),
        (Some(Operation::Divide), 0) => format!("(1.0 / {b})"),
        (Some(Operation::Divide), _) => format!("-({y} / {b})"),
        (Some(Operation::PowerOf(exponent)), _) => power(a, exponent),
        (Some(Operation::Power), 0) => format!("({b} * {a} ** ({b} - 1.0))"),
        (Some(Operation::Power), _) => format!("({y} * math.log({a}))"),
        (Some(Operation::Call(function)), side) => derivative(function, side, [a, b, y]),
    };
    format!("{upstream} * {local}")
}

fn power(a: &str, exponent: f64) -> String {
    match exponent {
        2.0 => format!("(2.0 * {a})"),
        1.0 => "1.0".to_owned(),
        0.0 => "0.0".to_owned(),
        _ => format!("({} * {a} ** {})", repr(exponent), repr(exponent - 1.0)),
    }
}

/// The derivative of a function from the table, written with the names of its arguments and its
/// value.
fn derivative(function: &'static Function, side: usize, [a, b, y]: [&str; 3]) -> String {
    let text = function.symbolic[side].replace(&function.call(), "y");
    let Ok(program) = Program::parse(&text) else { return text };
    let source = &program.lines()[0].expression;
    let mut expression = Expression::default();
    for term in source.terms() {
        let term = match term {
            Term::Name(name) => Term::Name(
                match name.as_str() {
                    "u" => a,
                    "v" => b,
                    _ => y,
                }
                .to_owned(),
            ),
            other => other.clone(),
        };
        expression.push(term, Span::default());
    }
    format!("({})", expression.python())
}
