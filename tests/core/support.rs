//! What several of the tests use.

use downhill::autodiff::{Sweep, lower};
use downhill::formula::{BinaryOperator, Expression, Program, Span, Term, TermId};
use downhill::function::{FUNCTIONS, Function};
use downhill::learn::{Column, Data, Model, Run};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

/// A file of `tests/golden`.
#[track_caller]
pub fn golden(name: &str) -> String {
    let path = format!("{}/tests/golden/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[track_caller]
pub fn program(source: &str) -> Program {
    Program::parse(source).unwrap_or_else(|error| panic!("{}", error.pointed(source)))
}

pub fn columns(columns: &[(&str, &[f64])]) -> Vec<Column> {
    let column = |&(name, values): &(&str, &[f64])| Column::numbers(name, values);
    columns.iter().map(column).collect()
}

#[track_caller]
pub fn model(source: &str, data: &[(&str, &[f64])]) -> Model {
    Model::new(program(source), Data::new(columns(data)).unwrap()).unwrap()
}

/// Whether two numbers agree to `tolerance`, relative to the larger or to 1; NaN agrees with NaN.
pub fn close(a: f64, b: f64, tolerance: f64) -> bool {
    let both_nan = a.is_nan() && b.is_nan();
    both_nan || a == b || (a - b).abs() <= tolerance * a.abs().max(b.abs()).max(1.0)
}

/// The value of a program's last line, with a number for each of its free names in their order.
pub fn evaluate(program: &Program, numbers: &[f64]) -> f64 {
    let graph = lower(program, &[]);
    let mut sweep = Sweep::new(&graph);
    sweep.values[..numbers.len()].copy_from_slice(numbers);
    sweep.forward(&graph)
}

/// `count` cases of a property, the same in every run, and in a thorough run ten times as many that
/// are new each time. At most two may be passed over for each that is tried.
pub fn cases(count: u32) -> ProptestConfig {
    let thorough = std::env::var_os("DOWNHILL_THOROUGH").is_some();
    let (cases, rng_seed) = if thorough { (10 * count, RngSeed::Random) } else { (count, RngSeed::Fixed(1)) };
    let max_global_rejects = 2 * cases;
    ProptestConfig { cases, rng_seed, max_global_rejects, failure_persistence: None, ..ProptestConfig::default() }
}

/// The names of random programs.
pub const NAMES: [&str; 3] = ["x", "w", "ŷ"];

/// A random formula as a tree, from which an expression is made.
#[derive(Clone, Debug)]
pub enum Tree {
    Number(f64),
    Name(&'static str),
    Negate(Box<Tree>),
    Binary(BinaryOperator, Box<[Tree; 2]>),
    Call(&'static Function, Vec<Tree>),
}

impl Tree {
    pub fn push(&self, out: &mut Expression) -> TermId {
        let term = match self {
            Self::Number(value) => Term::Number(*value),
            Self::Name(name) => Term::Name((*name).to_owned()),
            Self::Negate(operand) => Term::Negate(operand.push(out)),
            Self::Binary(operator, operands) => {
                let [left, right] = &**operands;
                Term::Binary(*operator, [left.push(out), right.push(out)])
            }
            Self::Call(function, arguments) => {
                Term::Call(function, arguments.iter().map(|argument| argument.push(out)).collect())
            }
        };
        out.push(term, Span::default())
    }

    pub fn expression(&self) -> Expression {
        let mut expression = Expression::default();
        self.push(&mut expression);
        expression
    }
}

pub fn any_tree() -> impl Strategy<Value = Tree> {
    let number = prop_oneof![(0..20u8).prop_map(f64::from), 0.0..10.0, Just(1e-5), Just(2e300), Just(0.1 + 0.2)];
    let leaf = prop_oneof![number.prop_map(Tree::Number), prop::sample::select(&NAMES[..]).prop_map(Tree::Name),];
    leaf.prop_recursive(6, 40, 2, |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            1 => inner.clone().prop_map(|operand| Tree::Negate(Box::new(operand))),
            4 => (any_operator(), pair.clone()).prop_map(|(operator, (a, b))| Tree::Binary(operator, Box::new([a, b]))),
            2 => (0..FUNCTIONS.len(), pair).prop_map(|(index, (a, b))| call(&FUNCTIONS[index], a, b)),
        ]
    })
}

fn call(function: &'static Function, a: Tree, b: Tree) -> Tree {
    let mut arguments = vec![a, b];
    arguments.truncate(function.arity());
    Tree::Call(function, arguments)
}

fn any_operator() -> impl Strategy<Value = BinaryOperator> {
    use BinaryOperator::{Add, Divide, Multiply, Power, Subtract};
    prop::sample::select(vec![Add, Subtract, Multiply, Divide, Power])
}

/// One to three lines; each later one uses the one before it in the place of `ŷ`.
pub fn any_program() -> impl Strategy<Value = Program> {
    prop::collection::vec(any_tree(), 1..4).prop_map(|trees| {
        let texts = trees.iter().map(|tree| tree.expression().to_string());
        let lines = texts.enumerate().map(|(line, text)| match line {
            0 => format!("a0 = {text}"),
            _ => format!("a{line} = {}", text.replace('ŷ', &format!("a{}", line - 1))),
        });
        program(&lines.collect::<Vec<_>>().join("\n"))
    })
}

/// A record as bits, with one NaN for all.
pub fn record(run: &Run) -> Vec<u64> {
    let numbers = run.weights().iter().chain(run.gradients()).chain(run.losses());
    numbers.map(|number| if number.is_nan() { u64::MAX } else { number.to_bits() }).collect()
}
