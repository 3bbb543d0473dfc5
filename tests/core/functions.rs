//! Values and local derivatives of every operation, against PyTorch.

use downhill::autodiff::Operation;
use downhill::function::{self, FUNCTIONS};

use crate::support::golden;

/// The operation of a golden line; `b` is its second number.
fn operation(name: &str, b: f64) -> Operation {
    match name {
        "negate" => Operation::Negate,
        "+" => Operation::Add,
        "-" => Operation::Subtract,
        "*" => Operation::Multiply,
        "/" => Operation::Divide,
        "^" => Operation::Power,
        "^number" => Operation::PowerOf(b),
        _ => Operation::Call(function::find(name).unwrap()),
    }
}

/// Agreement to 1e-12 of the number itself, so that tiny ones count as well; subnormal numbers
/// have fewer digits to agree in. `slack` is allowed besides.
fn agree(ours: f64, theirs: f64, slack: f64) -> bool {
    let tolerance = 1e-12 * theirs.abs() + 1e-320 + slack;
    ours.is_nan() && theirs.is_nan() || ours == theirs || (ours - theirs).abs() <= tolerance
}

/// What is wrong with a golden line, if anything is.
fn fault(line: &str) -> Option<String> {
    let (name, numbers) = line.split_once('\t').unwrap();
    let numbers: Vec<f64> = numbers.split('\t').map(|number| number.parse().unwrap()).collect();
    let second = if numbers.len() > 3 { numbers[1] } else { 0.0 };
    let operation = operation(name, second);
    let arguments = if name == "^number" { 2 } else { operation.arity() };
    let (a, b) = (numbers[0], second);
    let value = operation.value(a, b);
    let derivatives = operation.derivatives(a, b, value);
    let ours = [&[value], &derivatives[..operation.arity()]].concat();
    let theirs = &numbers[arguments..];
    assert_eq!(ours.len(), theirs.len(), "{line}");
    // 1 - y^2 cancels near y = 1, so that the last bit of y counts.
    let slack = if name == "tanh" { 1e-15 } else { 0.0 };
    let equal = ours.iter().zip(theirs).all(|(&ours, &theirs)| agree(ours, theirs, slack));
    (!equal).then(|| format!("{name} at {:?}: {ours:?}, not {theirs:?}", &numbers[..arguments]))
}

#[test]
fn values_and_derivatives_are_those_of_pytorch() {
    let text = golden("functions.tsv");
    let faults: Vec<String> = text.lines().filter_map(fault).collect();
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_function_is_compared() {
    let text = golden("functions.tsv");
    for function in &FUNCTIONS {
        let prefix = format!("{}\t", function.name);
        assert!(text.lines().filter(|line| line.starts_with(&prefix)).count() > 80, "{}", function.name);
    }
}

#[track_caller]
fn check_closest(mistyped: &str, expected: Option<&str>) {
    assert_eq!(function::closest(mistyped, std::iter::empty()), expected, "{mistyped}");
}

#[test]
fn the_closest_name_is_offered_only_when_it_is_close() {
    check_closest("sigmod", Some("sigmoid"));
    check_closest("sine", Some("sin"));
    check_closest("ReLU", None);
    check_closest("abx", Some("abs"));
    check_closest("sqrt2", Some("sqrt"));
    check_closest("ln", None);
    check_closest("gr", None);
    check_closest("f", None);
    check_closest("constructor", None);
    check_closest("__proto__", None);
    check_closest("", None);
}
