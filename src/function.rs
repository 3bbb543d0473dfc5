//! The table of elementary functions: the name, value and derivative of each.
//!
//! To add a function, add a row to [`FUNCTIONS`]; formulas, graphs and messages find it by name. At
//! kinks the derivative is PyTorch's: 0 for `relu` and `abs` at 0, and 1/2 for each argument of
//! `min` or `max` when both are equal.

use std::f64::consts::{LN_2, LN_10};

/// An elementary function of one or two arguments.
#[derive(Debug)]
pub struct Function {
    /// How a formula calls it.
    pub name: &'static str,
    /// The value and derivatives, by the number of arguments.
    pub rule: Rule,
    /// How many arguments, starting with the first, get a gradient: none for a comparison.
    pub edges: usize,
    /// The derivative with respect to each argument, as a formula in the arguments `u` and `v`.
    pub symbolic: &'static [&'static str],
    /// The call as Python writes it, with `u` and `v` for the arguments.
    pub python: &'static str,
}

/// How a function's value and derivatives are computed.
#[derive(Debug)]
pub enum Rule {
    /// `f(a)`, and f'(a) from `a` and the value `f(a)`.
    One(fn(f64) -> f64, fn(f64, f64) -> f64),
    /// `f(a, b)`, and the partial derivatives with respect to `a` and `b`.
    Two(fn(f64, f64) -> f64, [fn(f64, f64) -> f64; 2]),
}

/// The table of functions.
#[rustfmt::skip]
pub static FUNCTIONS: [Function; 28] = [
    one("exp", f64::exp, |_, y| y, &["exp(u)"], "math.exp(u)"),
    one("log", f64::ln, |a, _| 1.0 / a, &["1/u"], "math.log(u)"),
    one("log2", f64::log2, |a, _| 1.0 / (a * LN_2), &["1/(u*log(2))"], "math.log2(u)"),
    one("log10", f64::log10, |a, _| 1.0 / (a * LN_10), &["1/(u*log(10))"], "math.log10(u)"),
    one("sqrt", f64::sqrt, |_, y| 0.5 / y, &["1/(2*sqrt(u))"], "math.sqrt(u)"),
    one("sin", f64::sin, |a, _| a.cos(), &["cos(u)"], "math.sin(u)"),
    one("cos", f64::cos, |a, _| -a.sin(), &["-sin(u)"], "math.cos(u)"),
    one("tan", f64::tan, |_, y| 1.0 + y * y, &["1 + tan(u)^2"], "math.tan(u)"),
    one("asin", f64::asin, |a, _| 1.0 / ((1.0 - a) * (1.0 + a)).sqrt(), &["1/sqrt(1 - u^2)"], "math.asin(u)"),
    one("acos", f64::acos, |a, _| -1.0 / ((1.0 - a) * (1.0 + a)).sqrt(), &["-1/sqrt(1 - u^2)"], "math.acos(u)"),
    one("atan", f64::atan, |a, _| 1.0 / (1.0 + a * a), &["1/(1 + u^2)"], "math.atan(u)"),
    one("sinh", f64::sinh, |a, _| a.cosh(), &["cosh(u)"], "math.sinh(u)"),
    one("cosh", f64::cosh, |a, _| a.sinh(), &["sinh(u)"], "math.cosh(u)"),
    one("tanh", f64::tanh, |_, y| 1.0 - y * y, &["1 - tanh(u)^2"], "math.tanh(u)"),
    one("sigmoid", sigmoid, |_, y| y * (1.0 - y), &["sigmoid(u)*(1 - sigmoid(u))"], "(1/(1 + math.exp(-u)))"),
    one("softplus", softplus, |a, _| sigmoid(a), &["sigmoid(u)"], "math.log1p(math.exp(u))"),
    one("relu", relu, |a, _| if a <= 0.0 { 0.0 } else { 1.0 }, &["step(u)"], "max(u, 0.0)"),
    one("abs", f64::abs, |a, _| sign(a), &["sign(u)"], "abs(u)"),
    one("sign", sign, |_, _| 0.0, &["0"], "((u > 0) - (u < 0))"),
    one("step", step, |_, _| 0.0, &["0"], "float(u > 0)"),
    two("min", min, [|a, b| larger(b, a), larger], &["(1 - sign(u - v))/2", "(1 + sign(u - v))/2"], "min(u, v)"),
    two("max", max, [larger, |a, b| larger(b, a)], &["(1 + sign(u - v))/2", "(1 - sign(u - v))/2"], "max(u, v)"),
    comparison("gt", |a, b| f64::from(a > b), "float(u > v)"),
    comparison("ge", |a, b| f64::from(a >= b), "float(u >= v)"),
    comparison("lt", |a, b| f64::from(a < b), "float(u < v)"),
    comparison("le", |a, b| f64::from(a <= b), "float(u <= v)"),
    comparison("eq", |a, b| f64::from(a == b), "float(u == v)"),
    comparison("ne", |a, b| f64::from(a != b), "float(u != v)"),
];

/// `u` where the condition `v` is not 0, else 0: the first half of `where`. Formulas can't call it by name.
#[rustfmt::skip]
pub static KEEP: Function = Function {
    edges: 1,
    ..two("keep", |a, b| if b == 0.0 { 0.0 } else { a }, [|_, b| f64::from(b != 0.0), |_, _| 0.0], &["ne(v, 0)", "0"], "(u if v else 0.0)")
};

/// `u` where the condition `v` is 0, else 0: the second half of `where`. Formulas can't call it by name.
#[rustfmt::skip]
pub static DROP: Function = Function {
    edges: 1,
    ..two("drop", |a, b| if b == 0.0 { a } else { 0.0 }, [|_, b| f64::from(b == 0.0), |_, _| 0.0], &["eq(v, 0)", "0"], "(0.0 if v else u)")
};

/// Whether `v` is larger than all before it, of which `u` is the largest. Formulas can't call it by name.
#[rustfmt::skip]
pub static IS_LARGER: Function = comparison("is_larger", |a, b| f64::from(!is_first(a, b)), "float(v > u)");

/// The square root that ends a norm: at 0 its derivative is 0, as PyTorch has it. Formulas can't call it by name.
pub static ROOT: Function =
    one("sqrt", f64::sqrt, |_, y| if y == 0.0 { 0.0 } else { 0.5 / y }, &["1/(2*sqrt(u))"], "math.sqrt(u)");

/// The larger of two numbers. When they are equal, the first has the whole derivative, as in
/// PyTorch's maximum along an axis. Formulas can't call it by name.
#[rustfmt::skip]
pub static FIRST_MAX: Function = two(
    "max", |a, b| if is_first(a, b) { a } else { b },
    [|a, b| f64::from(is_first(a, b)), |a, b| f64::from(!is_first(a, b))],
    &["(1 + sign(u - v))/2", "(1 - sign(u - v))/2"], "max(u, v)",
);

/// The number `v`, which is what `u` would be without rounding; the derivative is that by `u`. Formulas
/// can't call it by name.
#[rustfmt::skip]
pub static EXACTLY: Function = Function {
    edges: 1,
    ..two("exactly", |_, b| b, [|_, _| 1.0, |_, _| 0.0], &["1", "0"], "v")
};

/// The functions that formulas can't call by name.
pub static INNER_FUNCTIONS: [&Function; 6] = [&KEEP, &DROP, &IS_LARGER, &ROOT, &FIRST_MAX, &EXACTLY];

/// Whether `a` is the larger one: a NaN is larger than everything, as in PyTorch.
fn is_first(a: f64, b: f64) -> bool {
    a >= b || a.is_nan()
}

/// A number with a name. A program may define the same name, and then its own definition is used.
#[derive(Debug, PartialEq)]
pub struct Constant {
    /// How a formula writes it.
    pub name: &'static str,
    /// Its value.
    pub value: f64,
}

/// The table of constants.
pub static CONSTANTS: [Constant; 3] = [
    Constant { name: "pi", value: std::f64::consts::PI },
    Constant { name: "π", value: std::f64::consts::PI },
    Constant { name: "e", value: std::f64::consts::E },
];

/// The constant with this name.
#[must_use]
pub fn constant(name: &str) -> Option<&'static Constant> {
    CONSTANTS.iter().find(|constant| constant.name == name)
}

const fn one(
    name: &'static str,
    value: fn(f64) -> f64,
    derivative: fn(f64, f64) -> f64,
    symbolic: &'static [&'static str; 1],
    python: &'static str,
) -> Function {
    Function { name, rule: Rule::One(value, derivative), edges: 1, symbolic, python }
}

const fn two(
    name: &'static str,
    value: fn(f64, f64) -> f64,
    derivatives: [fn(f64, f64) -> f64; 2],
    symbolic: &'static [&'static str; 2],
    python: &'static str,
) -> Function {
    Function { name, rule: Rule::Two(value, derivatives), edges: 2, symbolic, python }
}

/// 1 where it holds, else 0; the derivatives are 0, and no gradient is passed on.
const fn comparison(name: &'static str, holds: fn(f64, f64) -> f64, python: &'static str) -> Function {
    Function { edges: 0, ..two(name, holds, [|_, _| 0.0, |_, _| 0.0], &["0", "0"], python) }
}

/// Two functions are the same when their names are: the table has each name once.
impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Function {
    /// The number of arguments: 1 or 2.
    #[must_use]
    pub fn arity(&self) -> usize {
        match self.rule {
            Rule::One(..) => 1,
            Rule::Two(..) => 2,
        }
    }

    /// The function as it is written in its symbolic derivative: `exp(u)`, `max(u, v)`.
    #[must_use]
    pub fn call(&self) -> String {
        let arguments = if self.arity() == 1 { "u" } else { "u, v" };
        format!("{}({arguments})", self.name)
    }

    /// The value; `b` is ignored by a function of one argument.
    #[must_use]
    pub fn value(&self, a: f64, b: f64) -> f64 {
        match self.rule {
            Rule::One(value, _) => value(a),
            Rule::Two(value, _) => value(a, b),
        }
    }

    /// The partial derivatives with respect to `a` and `b`, given the value `y`; the second is 0
    /// for a function of one argument.
    #[must_use]
    pub fn derivatives(&self, a: f64, b: f64, y: f64) -> [f64; 2] {
        match self.rule {
            Rule::One(_, derivative) => [derivative(a, y), 0.0],
            Rule::Two(_, [by_a, by_b]) => [by_a(a, b), by_b(a, b)],
        }
    }
}

/// The function with this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

/// The name in the table, or among `others`, that is closest to a mistyped name, if one is close
/// enough.
#[must_use]
pub fn closest(name: &str, others: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let distance = |known: &&str| strsim::osa_distance(known, name);
    let nearest = FUNCTIONS.iter().map(|function| function.name).chain(others).min_by_key(distance)?;
    let near = distance(&nearest) <= 2 && 2 * distance(&nearest) < name.chars().count();
    near.then_some(nearest)
}

/// 1 / (1 + e^-a), computed with an exponential that can't overflow.
fn sigmoid(a: f64) -> f64 {
    let small = (-a.abs()).exp();
    if a < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
}

/// log(1 + e^a), computed with an exponential that can't overflow.
fn softplus(a: f64) -> f64 {
    relu(a) + (-a.abs()).exp().ln_1p()
}

/// NaN stays NaN, which `f64::max` would turn into 0.
fn relu(a: f64) -> f64 {
    if a <= 0.0 { 0.0 } else { a }
}

fn sign(a: f64) -> f64 {
    if a == 0.0 || a.is_nan() { 0.0 } else { a.signum() }
}

fn step(a: f64) -> f64 {
    if a > 0.0 { 1.0 } else { 0.0 }
}

fn min(a: f64, b: f64) -> f64 {
    -max(-a, -b)
}

/// NaN if either number is NaN, as in PyTorch's `maximum`.
fn max(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

/// The derivative of `max` with respect to `a`: 1 if `a` is larger or one of them is NaN, and 1/2
/// if both are equal.
fn larger(a: f64, b: f64) -> f64 {
    if a == b {
        return 0.5;
    }
    if a < b { 0.0 } else { 1.0 }
}
