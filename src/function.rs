//! Every elementary function once: its name, its value and its derivative.
//!
//! The next function is added here, as one more row of [`FUNCTIONS`]; formulas, graphs and messages
//! find it by name. At kinks the derivative is PyTorch's: 0 for `relu` and `abs` at 0, and a half
//! for each side of a tie of `min` or `max`.

/// An elementary function of one or two arguments.
#[derive(Debug)]
pub struct Function {
    /// How a formula calls it.
    pub name: &'static str,
    /// The value and derivatives, by the number of arguments.
    pub rule: Rule,
}

/// How a function's value and derivatives are computed.
#[derive(Debug)]
pub enum Rule {
    /// `f(a)`, and f'(a) from `a` and the value `f(a)`.
    One(fn(f64) -> f64, fn(f64, f64) -> f64),
    /// `f(a, b)`, and the partial derivatives by `a` and by `b`.
    Two(fn(f64, f64) -> f64, [fn(f64, f64) -> f64; 2]),
}

/// The table of functions.
pub static FUNCTIONS: [Function; 13] = [
    one("exp", f64::exp, |_, y| y),
    one("log", f64::ln, |a, _| 1.0 / a),
    one("sqrt", f64::sqrt, |_, y| 0.5 / y),
    one("sin", f64::sin, |a, _| a.cos()),
    one("cos", f64::cos, |a, _| -a.sin()),
    one("tan", f64::tan, |_, y| 1.0 + y * y),
    one("tanh", f64::tanh, |_, y| 1.0 - y * y),
    one("sigmoid", sigmoid, |_, y| y * (1.0 - y)),
    one("softplus", softplus, |a, _| sigmoid(a)),
    one("relu", relu, |a, _| if a <= 0.0 { 0.0 } else { 1.0 }),
    one("abs", f64::abs, |a, _| sign(a)),
    two("min", min, [|a, b| larger(b, a), larger]),
    two("max", max, [larger, |a, b| larger(b, a)]),
];

const fn one(name: &'static str, value: fn(f64) -> f64, derivative: fn(f64, f64) -> f64) -> Function {
    Function { name, rule: Rule::One(value, derivative) }
}

const fn two(name: &'static str, value: fn(f64, f64) -> f64, derivatives: [fn(f64, f64) -> f64; 2]) -> Function {
    Function { name, rule: Rule::Two(value, derivatives) }
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

    /// The value; `b` is ignored by a function of one argument.
    #[must_use]
    pub fn value(&self, a: f64, b: f64) -> f64 {
        match self.rule {
            Rule::One(value, _) => value(a),
            Rule::Two(value, _) => value(a, b),
        }
    }

    /// The partial derivatives by `a` and `b` where the value is `y`; the second is 0 for a
    /// function of one argument.
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

/// The name in the table that is nearest to a mistyped one, when one is near enough to be meant.
#[must_use]
pub fn closest(name: &str) -> Option<&'static str> {
    let distance = |function: &Function| strsim::osa_distance(function.name, name);
    let nearest = FUNCTIONS.iter().min_by_key(|function| distance(function))?;
    let near = distance(nearest) <= 2 && distance(nearest) < name.chars().count();
    near.then_some(nearest.name)
}

/// 1 / (1 + e^-a), from the exponential that can't overflow.
fn sigmoid(a: f64) -> f64 {
    let small = (-a.abs()).exp();
    if a < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
}

/// log(1 + e^a), from the exponential that can't overflow.
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

fn min(a: f64, b: f64) -> f64 {
    -max(-a, -b)
}

/// NaN where either is, as PyTorch's `maximum` has it.
fn max(a: f64, b: f64) -> f64 {
    if a.is_nan() || a > b { a } else { b }
}

/// The derivative of `max` by `a`: 1 where it is the larger or where one is NaN, and a half where
/// both are equal.
fn larger(a: f64, b: f64) -> f64 {
    if a == b {
        return 0.5;
    }
    if a < b { 0.0 } else { 1.0 }
}
