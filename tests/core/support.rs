//! What several of the tests use.

use downhill::formula::Program;
use downhill::learn::{Column, Data, Model};

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
    let column = |&(name, values): &(&str, &[f64])| Column { name: name.to_owned(), values: values.to_vec() };
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
