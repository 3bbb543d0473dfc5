//! The derivation: a tree of steps that gives the derivative.

use smallvec::{SmallVec, smallvec};

use super::assemble::{assemble, signed_terms};
use super::table::Table;
use super::{Error, Id, Node, Pool, Rule};
use crate::formula::BinaryOperator;
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
    /// The derivative: the same with the parts' results substituted, not simplified.
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
    /// Uses a list instead of recursion; each expression is planned first, and made when its parts
    /// are done.
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

    /// An intermediate expression, such as `-y` in a sum, does not depend on the variable.
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

    /// The rule for two operands, of which the first, the second or both depend on the variable.
    fn choose(&self, [a, b]: [Id; 2], one: [Rule; 2], both: Rule) -> (Rule, Parts) {
        match (self.depends(a), self.depends(b)) {
            (true, false) => (one[0], smallvec![a]),
            (false, true) => (one[1], smallvec![b]),
            _ => (both, smallvec![a, b]),
        }
    }

    /// The inside of a power or a function needs no step of its own if it is the variable.
    fn needed(&self, rule: Rule, parts: Parts) -> Parts {
        let chained = match rule {
            Rule::Power | Rule::Exponential => true,
            Rule::Chain(function) => function.arity() == 1,
            _ => false,
        };
        if chained && parts[..] == [self.derivation.variable] { Parts::new() } else { parts }
    }

    /// The terms of a sum; subtracted constants have their sign, as in `-y`.
    fn terms(&mut self, id: Id) -> Parts {
        let terms = signed_terms(self.pool, id);
        let term = |(subtracted, term)| match subtracted && !self.depends(term) {
            true => self.pool.negate(term),
            false => term,
        };
        terms.into_iter().map(term).collect()
    }
}
