//! Formulas into a pool and out of it.

use rustc_hash::FxHashMap;

use super::{Error, Id, Node, Pool};
use crate::formula::{Derivative, Expression, Program, Span, Term, TermId};
use crate::function::{self, Constant, FUNCTIONS};

impl Pool {
    /// Adds an expression.
    pub fn import(&mut self, expression: &Expression) -> Id {
        self.import_with(expression, &mut |pool, name| pool.name(name))
    }

    /// Adds an expression in which names stand for other expressions.
    pub(super) fn import_with(
        &mut self,
        expression: &Expression,
        meaning: &mut impl FnMut(&mut Self, &str) -> Id,
    ) -> Id {
        let mut ids: Vec<Id> = Vec::with_capacity(expression.terms().len());
        for term in expression.terms() {
            let id = match term {
                Term::Number(value) => self.number(*value),
                Term::Constant(constant) => self.add(Node::Constant(place_of(constant))),
                Term::Name(name) => meaning(self, name),
                Term::Negate(a) => self.negate(ids[*a]),
                Term::Binary(operator, [a, b]) => self.binary(*operator, ids[*a], ids[*b]),
                Term::Call(function, arguments) => {
                    let arguments: Vec<Id> = arguments.iter().map(|&argument| ids[argument]).collect();
                    self.call(function, &arguments)
                }
                // Tensors occur only in tensor programs, which are never differentiated
                // symbolically.
                Term::Tensor(..) => self.number(f64::NAN),
                Term::Derivative(_, a) => self.add(Node::Pending(ids[*a])),
            };
            ids.push(id);
        }
        ids[ids.len() - 1]
    }

    /// Adds a program's last line, with every other line substituted for its name.
    pub fn import_program(&mut self, program: &Program) -> Id {
        let mut lines: FxHashMap<String, Id> = FxHashMap::default();
        let mut last = 0;
        for line in program.lines() {
            last = self.import_with(&line.expression, &mut |pool, name| match lines.get(name) {
                Some(&line) => line,
                None => pool.name(name),
            });
            lines.insert(line.name().to_owned(), last);
        }
        last
    }

    /// Writes out an expression in which no derivative is still to be calculated.
    ///
    /// # Errors
    /// Those of [`Pool::export`].
    pub fn written(&self, id: Id) -> Result<Expression, Error> {
        self.export(id, &|_| Derivative { variable: String::new(), step: 0 })
    }

    /// Writes out an expression; `pending` says how a derivative that is still to be calculated is
    /// written.
    ///
    /// # Errors
    /// When it has more terms than [`MAX_TERMS`](super::MAX_TERMS).
    pub fn export(&self, id: Id, pending: &impl Fn(Id) -> Derivative) -> Result<Expression, Error> {
        if self.size(id) > super::MAX_TERMS {
            return Err(Error::TooLarge);
        }
        let mut out = Expression::default();
        self.push(id, pending, &mut out);
        Ok(out)
    }

    /// Uses a list instead of recursion, because formulas may be long.
    fn push(&self, root: Id, pending: &impl Fn(Id) -> Derivative, out: &mut Expression) {
        let mut waiting = vec![(root, false)];
        let mut done: Vec<TermId> = Vec::new();
        while let Some((id, ready)) = waiting.pop() {
            let operands = self.operands(self.node(id));
            if !ready && !operands.is_empty() {
                waiting.push((id, true));
                waiting.extend(operands.iter().rev().map(|&operand| (operand, false)));
                continue;
            }
            let of = done.split_off(done.len() - operands.len());
            done.push(out.push(self.term(id, of, pending), Span::default()));
        }
    }

    fn term(&self, id: Id, of: Vec<TermId>, pending: &impl Fn(Id) -> Derivative) -> Term {
        match self.node(id) {
            Node::Number(bits) => Term::Number(f64::from_bits(bits)),
            Node::Constant(place) => Term::Constant(&function::CONSTANTS[place as usize]),
            Node::Name(_) => Term::Name(self.as_name(id).unwrap_or_default().to_owned()),
            Node::Negate(_) => Term::Negate(of[0]),
            Node::Binary(operator, ..) => Term::Binary(operator, [of[0], of[1]]),
            Node::Call(place, ..) => Term::Call(&FUNCTIONS[place as usize], of),
            Node::Pending(a) => Term::Derivative(pending(a), of[0]),
        }
    }
}

fn place_of(constant: &Constant) -> u8 {
    function::CONSTANTS.iter().position(|known| known == constant).unwrap_or_default() as u8
}
