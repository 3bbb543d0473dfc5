//! Calls: known values, inverse functions, and signs that can be taken out.

use super::{Condition, Simplifier};
use crate::calculus::ratio::Ratio;
use crate::calculus::{Id, Node};
use crate::formula::BinaryOperator;
use crate::function::FUNCTIONS;

/// f(-u) = -f(u)
const ODD: [&str; 7] = ["sin", "tan", "asin", "atan", "sinh", "tanh", "sign"];
/// f(-u) = f(u)
const EVEN: [&str; 3] = ["cos", "cosh", "abs"];
/// Functions whose value for a number is exact.
const EXACT: [&str; 6] = ["abs", "sign", "step", "relu", "min", "max"];
/// Values that are exact.
const VALUES: [(&str, f64, f64); 16] = [
    ("exp", 0.0, 1.0),
    ("log", 1.0, 0.0),
    ("log2", 1.0, 0.0),
    ("log2", 2.0, 1.0),
    ("log10", 1.0, 0.0),
    ("log10", 10.0, 1.0),
    ("sin", 0.0, 0.0),
    ("cos", 0.0, 1.0),
    ("tan", 0.0, 0.0),
    ("asin", 0.0, 0.0),
    ("acos", 1.0, 0.0),
    ("atan", 0.0, 0.0),
    ("sinh", 0.0, 0.0),
    ("cosh", 0.0, 1.0),
    ("tanh", 0.0, 0.0),
    ("sigmoid", 0.0, 0.5),
];

impl Simplifier<'_> {
    pub(super) fn call(&mut self, place: u8, a: Id, b: Id) -> Id {
        let name = FUNCTIONS[place as usize].name;
        let rewritten =
            self.number_value(place, a, b).or_else(|| self.inverse(name, a)).or_else(|| self.idle(name, a, b));
        match rewritten {
            Some(id) => id,
            None if name == "sqrt" => {
                let product = self.raised(a, Ratio::HALF);
                self.write_product(&product)
            }
            None => self.with_sign_taken_out(place, a, b),
        }
    }

    fn number_value(&mut self, place: u8, a: Id, b: Id) -> Option<Id> {
        let function = &FUNCTIONS[place as usize];
        let (x, y) = (self.plain_number(a)?, self.plain_number(b)?);
        let known = VALUES.iter().find(|(name, argument, _)| *name == function.name && *argument == x);
        let value = match known {
            Some(&(.., value)) => value,
            None if EXACT.contains(&function.name) => function.value(x, y),
            None => return None,
        };
        Some(self.write_ratio(Ratio::of(value)))
    }

    fn plain_number(&self, id: Id) -> Option<f64> {
        match self.pool.node(id) {
            Node::Negate(a) => self.pool.as_number(a).map(|a| -a),
            _ => self.pool.as_number(id),
        }
    }

    /// `log(exp(u))` is `u`, and `exp(log(u))` is `u` where the logarithm is defined.
    fn inverse(&mut self, name: &str, a: Id) -> Option<Id> {
        let (inside, argument) = match self.pool.node(a) {
            Node::Call(place, argument, _) => (FUNCTIONS[place as usize].name, argument),
            Node::Constant(place) if name == "log" && crate::function::CONSTANTS[place as usize].name == "e" => {
                return Some(self.pool.number(1.0));
            }
            _ => return None,
        };
        match (name, inside) {
            ("log", "exp") => Some(argument),
            ("exp", "log") => {
                self.require(Condition::Defined(a));
                Some(argument)
            }
            _ => None,
        }
    }

    /// Whether a function leaves its argument unchanged.
    fn idle(&self, name: &str, a: Id, b: Id) -> Option<Id> {
        let inside = match self.pool.node(a) {
            Node::Call(place, ..) => FUNCTIONS[place as usize].name,
            Node::Binary(BinaryOperator::Power, _, n) if self.pool.as_number(n).is_some_and(|n| n % 2.0 == 0.0) => {
                "square"
            }
            _ => "",
        };
        let positive =
            matches!(inside, "abs" | "relu" | "exp" | "sigmoid" | "softplus" | "square" | "step" | "cosh" | "sqrt");
        let idle = match name {
            "abs" | "relu" => positive,
            "min" | "max" => a == b,
            _ => false,
        };
        idle.then_some(a)
    }

    fn with_sign_taken_out(&mut self, place: u8, a: Id, b: Id) -> Id {
        let name = FUNCTIONS[place as usize].name;
        let product = self.product_of(a);
        if !product.coefficient.is_negative() || !(ODD.contains(&name) || EVEN.contains(&name)) {
            return self.pool.add(Node::Call(place, a, b));
        }
        let positive =
            self.write_product(&super::product::Product { coefficient: product.coefficient.negated(), ..product });
        let call = self.pool.add(Node::Call(place, positive, positive));
        if ODD.contains(&name) { self.pool.negate(call) } else { call }
    }
}
