//! The derivation: a tree of steps from which the derivative is read.

use smallvec::{SmallVec, smallvec};

use super::table::Table;
use super::{Error, Id, Node, Pool, Rule};
use crate::formula::{BinaryOperator, Program};
use crate::function::FUNCTIONS;

/// One step: the derivative of an expression by one rule, in terms of the derivatives of its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The rule.
    pub rule: Rule,
    /// The expression that is differentiated.
    pub of: Id,
    /// The steps, all of them earlier, in which the derivatives of the parts are calculated.
    pub parts: Vec<usize>,
    /// What the rule gives, with the parts' derivatives still to be calculated.
    pub after: Id,
    /// The derivative: the same with the parts' results in their places, not simplified.
    pub result: Id,
}

/// All steps of a derivative; a shared part is differentiated once.
#[derive(Clone, Debug)]
pub struct Derivation {
    /// The variable.
    pub variable: Id,
    /// The steps, parts first; the last one is that of the whole.
    pub steps: Vec<Step>,
    by_expression: Table<usize>,
}

impl Derivation {
    /// Differentiates an expression.
    ///
    /// # Errors
    /// When the derivative would be too large to be written out.
    pub fn of(pool: &mut Pool, root: Id, variable: Id) -> Result<Self, Error> {
        let depends = pool.depends(root.max(variable), variable);
        let derivation = Self { variable, steps: Vec::new(), by_expression: Table::default() };
        let mut deriver = Deriver { pool, depends, derivation };
        deriver.derive(root);
        let derivation = deriver.derivation;
        match pool.size(derivation.result()) {
            size if size > super::MAX_TERMS => Err(Error::TooLarge),
            _ => Ok(derivation),
        }
    }

    /// The derivative of the whole, not simplified.
    #[must_use]
    pub fn result(&self) -> Id {
        self.steps[self.steps.len() - 1].result
    }

    /// The step that differentiates an expression.
    #[must_use]
    pub fn step_of(&self, id: Id) -> usize {
        self.by_expression.get(id).copied().unwrap_or_default()
    }
}

/// A rule for an expression, and the parts whose derivatives it needs.
struct Plan {
    rule: Rule,
    parts: Parts,
}

/// Most expressions have one or two.
type Parts = SmallVec<[Id; 2]>;

struct Deriver<'p> {
    pool: &'p mut Pool,
    depends: Vec<bool>,
    derivation: Derivation,
}

impl Deriver<'_> {
    /// Walks with a list in place of recursion; each expression is planned, then made when its
    /// parts are done.
    fn derive(&mut self, root: Id) {
        let mut waiting: Vec<(Id, Option<Plan>)> = vec![(root, None)];
        while let Some((id, plan)) = waiting.pop() {
            if self.derivation.by_expression.get(id).is_some() {
                continue;
            }
            match plan {
                Some(plan) => self.finish(id, &plan),
                None => {
                    let plan = self.plan(id);
                    let parts = plan.parts.clone();
                    waiting.push((id, Some(plan)));
                    waiting.extend(parts.into_iter().rev().map(|part| (part, None)));
                }
            }
        }
    }

    fn finish(&mut self, of: Id, plan: &Plan) {
        let parts: Vec<usize> = plan.parts.iter().map(|&part| self.derivation.step_of(part)).collect();
        let pending: Parts = plan.parts.iter().map(|&part| self.pool.add(Node::Pending(part))).collect();
        let results: Parts = parts.iter().map(|&part| self.derivation.steps[part].result).collect();
        let after = assemble(self.pool, plan.rule, of, &plan.parts, &pending);
        let result = assemble(self.pool, plan.rule, of, &plan.parts, &results);
        self.derivation.by_expression.insert(of, self.derivation.steps.len());
        self.derivation.steps.push(Step { rule: plan.rule, of, parts, after, result });
    }

    /// An expression that was made on the way, such as `-y` in a sum, does not depend on the variable.
    fn depends(&self, id: Id) -> bool {
        self.depends.get(id as usize).copied().unwrap_or(false)
    }

    fn plan(&mut self, id: Id) -> Plan {
        if !self.depends(id) {
            return Plan { rule: Rule::Constant, parts: Parts::new() };
        }
        let (rule, parts) = match self.pool.node(id) {
            Node::Binary(BinaryOperator::Power, _, b) if self.pool.as_number(b) == Some(0.0) => {
                (Rule::Constant, Parts::new())
            }
            Node::Negate(a) => (Rule::ConstantFactor, smallvec![a]),
            Node::Binary(BinaryOperator::Add | BinaryOperator::Subtract, ..) => (Rule::Sum, self.terms(id)),
            Node::Binary(BinaryOperator::Multiply, a, b) => {
                self.choose([a, b], [Rule::ConstantFactor; 2], Rule::Product)
            }
            Node::Binary(BinaryOperator::Divide, a, b) => {
                self.choose([a, b], [Rule::ConstantFactor, Rule::Reciprocal], Rule::Quotient)
            }
            Node::Binary(BinaryOperator::Power, a, b) => {
                self.choose([a, b], [Rule::Power, Rule::Exponential], Rule::GeneralPower)
            }
            Node::Call(place, a, b) => {
                (Rule::Chain(&FUNCTIONS[place as usize]), if a == b { smallvec![a] } else { smallvec![a, b] })
            }
            Node::Number(_) | Node::Constant(_) | Node::Name(_) | Node::Pending(_) => (Rule::Variable, Parts::new()),
        };
        Plan { rule, parts: self.needed(rule, parts) }
    }

    /// The rule for two operands of which the first, the second or both depend on the variable.
    fn choose(&self, [a, b]: [Id; 2], one: [Rule; 2], both: Rule) -> (Rule, Parts) {
        match (self.depends(a), self.depends(b)) {
            (true, false) => (one[0], smallvec![a]),
            (false, true) => (one[1], smallvec![b]),
            _ => (both, smallvec![a, b]),
        }
    }

    /// The inside of a power or a function needs no step of its own where it is the variable.
    fn needed(&self, rule: Rule, parts: Parts) -> Parts {
        let chained = match rule {
            Rule::Power | Rule::Exponential => true,
            Rule::Chain(function) => function.arity() == 1,
            _ => false,
        };
        if chained && parts[..] == [self.derivation.variable] { Parts::new() } else { parts }
    }

    /// The terms of a sum, with the sign of those that are subtracted and constant, as `-y`.
    fn terms(&mut self, id: Id) -> Parts {
        let terms = signed_terms(self.pool, id);
        let term = |(subtracted, term)| match subtracted && !self.depends(term) {
            true => self.pool.negate(term),
            false => term,
        };
        terms.into_iter().map(term).collect()
    }
}

/// The terms of a sum from left to right, each with whether it is subtracted.
fn signed_terms(pool: &Pool, mut id: Id) -> Vec<(bool, Id)> {
    let mut terms = Vec::new();
    while let Node::Binary(operator @ (BinaryOperator::Add | BinaryOperator::Subtract), left, right) = pool.node(id) {
        terms.push((operator == BinaryOperator::Subtract, right));
        id = left;
    }
    terms.push((false, id));
    terms.reverse();
    terms
}

/// What a rule gives for an expression, with the derivatives `parts` of its `insides`.
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
        // Where the inside is not the term it is the term with its sign.
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

/// `n·u^(n−1)·u'`. A derivative that is still to be calculated stands last, where it can't be
/// taken to reach over what follows; its result stands second.
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

/// `u^(n−1)`, where 2 − 1 is not left to be calculated.
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

/// `f'(u)·u'`, or for two arguments the sum over both.
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

/// A formula of the table of functions, with the arguments in the places of `u` and `v`.
fn template(pool: &mut Pool, formula: &str, [u, v]: [Id; 2]) -> Id {
    let Ok(program) = Program::parse(formula) else {
        return pool.number(f64::NAN);
    };
    let expression = &program.lines()[0].expression;
    pool.import_with(expression, &mut |_, name| if name == "u" { u } else { v })
}
