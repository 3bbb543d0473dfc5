//! Forward mode, written for the tests from the textbook: every number carries its derivative.

use std::collections::HashMap;

use downhill::formula::{BinaryOperator, Expression, Program, Term};

use crate::support::NAMES;

/// A value and its derivative by one variable.
#[derive(Clone, Copy, Debug)]
pub struct Dual {
    pub value: f64,
    pub derivative: f64,
    /// The sum of the magnitudes of the derivative's terms.
    pub scale: f64,
    /// Whether every number on the way was of a moderate size, so that none had lost digits.
    pub moderate: bool,
    /// Whether the variable occurs at all.
    depends: bool,
}

impl Dual {
    pub fn constant(value: f64) -> Self {
        Self { value, derivative: 0.0, scale: 0.0, moderate: true, depends: false }
    }

    fn variable(value: f64) -> Self {
        Self::moving(value, 1.0)
    }

    /// A number that changes with this speed.
    pub fn moving(value: f64, speed: f64) -> Self {
        Self { value, derivative: speed, scale: speed.abs(), moderate: true, depends: true }
    }

    /// `value` with the derivative of a function of this number.
    pub fn one(self, value: f64, slope: f64) -> Self {
        self.two(Self::constant(0.0), value, [slope, 0.0])
    }

    /// `value` with the derivative of a function of two numbers.
    fn two(self, other: Self, value: f64, [a, b]: [f64; 2]) -> Self {
        let derivative = a * self.derivative + b * other.derivative;
        let scale = a.abs() * self.scale + b.abs() * other.scale;
        let sizes = [value, a, b, a * self.scale, b * other.scale].into_iter().all(is_moderate);
        let moderate = sizes && self.moderate && other.moderate;
        Self { value, derivative, scale, moderate, depends: self.depends || other.depends }
    }
}

/// Far enough from the largest and the smallest double for a dozen products.
fn is_moderate(x: f64) -> bool {
    x == 0.0 || (1e-25..1e25).contains(&x.abs())
}

/// The value of a program and its derivative by `variable`, at numbers for [`NAMES`].
pub fn dual(program: &Program, variable: &str, numbers: [f64; 3]) -> Dual {
    let start = |(&name, number): (&&str, f64)| {
        let number = if name == variable { Dual::variable(number) } else { Dual::constant(number) };
        (name.to_owned(), number)
    };
    let mut known: HashMap<String, Dual> = NAMES.iter().zip(numbers).map(start).collect();
    let mut last = Dual::constant(f64::NAN);
    for line in program.lines() {
        last = of_expression(&line.expression, &known);
        known.insert(line.name().to_owned(), last);
    }
    last
}

fn of_expression(expression: &Expression, known: &HashMap<String, Dual>) -> Dual {
    let mut duals: Vec<Dual> = Vec::new();
    for term in expression.terms() {
        let dual = match term {
            Term::Number(value) => Dual::constant(*value),
            Term::Constant(constant) => Dual::constant(constant.value),
            Term::Name(name) => known[name],
            Term::Negate(a) => duals[*a].one(-duals[*a].value, -1.0),
            Term::Binary(operator, [a, b]) => of_operator(*operator, duals[*a], duals[*b]),
            Term::Call(function, arguments) => {
                let [first, last] = [arguments[0], arguments[arguments.len() - 1]];
                of_function(function.name, duals[first], duals[last])
            }
            Term::Tensor(..) | Term::Derivative(..) => panic!("a scalar program has none"),
        };
        duals.push(dual);
    }
    duals[duals.len() - 1]
}

pub fn of_operator(operator: BinaryOperator, a: Dual, b: Dual) -> Dual {
    let (x, y) = (a.value, b.value);
    match operator {
        BinaryOperator::Add => a.two(b, x + y, [1.0, 1.0]),
        BinaryOperator::Subtract => a.two(b, x - y, [1.0, -1.0]),
        BinaryOperator::Multiply => a.two(b, x * y, [y, x]),
        BinaryOperator::Divide => a.two(b, x / y, [1.0 / y, -x / (y * y)]),
        BinaryOperator::Power => {
            let by_base = if y == 0.0 { 0.0 } else { y * x.powf(y - 1.0) };
            let by_exponent = if x == 0.0 && y >= 0.0 { 0.0 } else { x.powf(y) * x.ln() };
            // The exponent's slope is NaN for a negative base; a constant exponent doesn't use it.
            let by_exponent = if b.depends { by_exponent } else { 0.0 };
            a.two(b, x.powf(y), [by_base, by_exponent])
        }
    }
}

pub fn of_function(name: &str, a: Dual, b: Dual) -> Dual {
    let (x, y) = (a.value, b.value);
    let step = if x > 0.0 { 1.0 } else { 0.0 };
    match name {
        "exp" => a.one(x.exp(), x.exp()),
        "log" => a.one(x.ln(), x.recip()),
        "sqrt" => a.one(x.sqrt(), 1.0 / (2.0 * x.sqrt())),
        "sin" => a.one(x.sin(), x.cos()),
        "cos" => a.one(x.cos(), -x.sin()),
        "tan" => a.one(x.tan(), 1.0 + x.tan().powi(2)),
        "log2" => a.one(x.log2(), 1.0 / (x * 2f64.ln())),
        "log10" => a.one(x.log10(), 1.0 / (x * 10f64.ln())),
        "asin" => a.one(x.asin(), 1.0 / ((1.0 - x) * (1.0 + x)).sqrt()),
        "acos" => a.one(x.acos(), -1.0 / ((1.0 - x) * (1.0 + x)).sqrt()),
        "atan" => a.one(x.atan(), 1.0 / (1.0 + x * x)),
        "sinh" => a.one(x.sinh(), x.cosh()),
        "cosh" => a.one(x.cosh(), x.sinh()),
        "sign" => a.one(if x == 0.0 { 0.0 } else { x.signum() }, 0.0),
        "step" => a.one(step, 0.0),
        "tanh" => a.one(x.tanh(), 1.0 - x.tanh().powi(2)),
        "sigmoid" => a.one(sigmoid(x), sigmoid(x) * (1.0 - sigmoid(x))),
        "softplus" => a.one(x.max(0.0) + (-x.abs()).exp().ln_1p(), sigmoid(x)),
        "relu" => a.one(x * step, step),
        "abs" => a.one(x.abs(), if x == 0.0 { 0.0 } else { x.signum() }),
        "min" => a.two(b, x.min(y), larger(y, x)),
        "max" => a.two(b, x.max(y), larger(x, y)),
        "gt" => a.two(b, f64::from(x > y), [0.0; 2]),
        "ge" => a.two(b, f64::from(x >= y), [0.0; 2]),
        "lt" => a.two(b, f64::from(x < y), [0.0; 2]),
        "le" => a.two(b, f64::from(x <= y), [0.0; 2]),
        "eq" => a.two(b, f64::from(x == y), [0.0; 2]),
        "ne" => a.two(b, f64::from(x != y), [0.0; 2]),
        _ => panic!("no derivative of {name} is written down here"),
    }
}

fn sigmoid(x: f64) -> f64 {
    let small = (-x.abs()).exp();
    if x < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
}

/// Who counts in a maximum: the larger, or half of each.
fn larger(x: f64, y: f64) -> [f64; 2] {
    match x.partial_cmp(&y) {
        Some(std::cmp::Ordering::Greater) => [1.0, 0.0],
        Some(std::cmp::Ordering::Less) => [0.0, 1.0],
        _ => [0.5, 0.5],
    }
}
