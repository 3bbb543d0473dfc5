//! A derivative of any order, from the formula to the simplified result.

use super::writer::Writer;
use super::{Condition, Derivation, Error, Id, MAX_LINE, MAX_ORDER, Pool, Simplified, lines, simplify};
use crate::formula::{Derivative, Expression, MathMl, Program, Text};

/// The derivatives of a program's last line with respect to one variable, starting with the first
/// order.
///
/// ```
/// use downhill::calculus::Calculation;
/// use downhill::formula::Program;
///
/// let program = Program::parse("y_hat = x*w; (y_hat - y)^2").unwrap();
/// let mut calculation = Calculation::of(&program, "w", 1)?;
/// assert_eq!(calculation.derivative()?.to_string(), "2*x*(x*w - y)");
/// # Ok::<(), downhill::calculus::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Calculation {
    /// All expressions of the calculation.
    pub pool: Pool,
    /// The last line, with the other lines substituted into it.
    pub function: Id,
    /// The variable.
    pub variable: Id,
    /// The derivatives, in increasing order.
    pub orders: Vec<Order>,
}

/// The derivative of one order.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its steps, which begin with the simplified derivative of the previous order.
    pub derivation: Derivation,
    /// Its simplified result, if it has been asked for.
    simplified: Option<Simplified>,
}

impl Calculation {
    /// Differentiates a program's last line `order` times; the last result is not simplified yet.
    ///
    /// # Errors
    /// When the order is not from 1 to [`MAX_ORDER`], when the variable does not occur, or when a
    /// derivative is too large to be written out.
    pub fn of(program: &Program, variable: &str, order: usize) -> Result<Self, Error> {
        if !(1..=MAX_ORDER).contains(&order) {
            return Err(Error::Order(order.to_string()));
        }
        let mut calculation = Self::new(program, variable)?;
        for _ in 0..order {
            calculation.differentiate()?;
        }
        Ok(calculation)
    }

    /// A program's last line as a function of a variable, not differentiated yet.
    ///
    /// # Errors
    /// When the variable does not occur in it.
    pub fn new(program: &Program, variable: &str) -> Result<Self, Error> {
        let names = program.free_names();
        if !names.contains(&variable) {
            let names = names.into_iter().map(str::to_owned).collect();
            return Err(Error::UnknownVariable(variable.to_owned(), names));
        }
        let mut pool = Pool::default();
        let function = pool.import_program(program);
        let variable = pool.name(variable);
        Ok(Self { pool, function, variable, orders: Vec::new() })
    }

    fn differentiate(&mut self) -> Result<(), Error> {
        let before = if self.orders.is_empty() { self.function } else { self.simplified()?.id };
        let derivation = Derivation::of(&mut self.pool, before, self.variable)?;
        self.orders.push(Order { derivation, simplified: None });
        Ok(())
    }

    /// The last order's steps, which begin with the simplified derivative of the previous order.
    #[must_use]
    pub fn derivation(&self) -> &Derivation {
        &self.orders[self.orders.len() - 1].derivation
    }

    /// What is differentiated in the last order.
    #[must_use]
    pub fn before_last(&self) -> Id {
        let steps = &self.derivation().steps;
        steps[steps.len() - 1].of
    }

    /// The derivative of the last order, simplified, and the conditions under which it equals the
    /// calculated one.
    ///
    /// # Errors
    /// When it can't be simplified.
    pub fn simplified(&mut self) -> Result<&Simplified, Error> {
        let last = self.orders.len() - 1;
        let order = &mut self.orders[last];
        let simplified = match order.simplified.take() {
            Some(known) => known,
            None => simplify(&mut self.pool, order.derivation.result())?,
        };
        Ok(order.simplified.insert(simplified))
    }

    /// The derivative of the last order, simplified, as a formula.
    ///
    /// # Errors
    /// When it can't be simplified, or is too large to be written out.
    pub fn derivative(&mut self) -> Result<Expression, Error> {
        let id = self.simplified()?.id;
        self.written(id)
    }

    /// The last order as lines of one formula, the last of them simplified.
    ///
    /// # Errors
    /// When the derivative can't be simplified.
    pub fn lines(&mut self) -> Result<Vec<Id>, Error> {
        let last = self.orders.len() - 1;
        let mut lines = lines(&mut self.pool, &self.orders[last].derivation);
        lines.push(self.simplified()?.id);
        lines.dedup();
        Ok(lines)
    }

    /// Writes an expression of the last order out.
    ///
    /// # Errors
    /// When it is too large to be written out.
    pub fn written(&self, id: Id) -> Result<Expression, Error> {
        self.pool.export(id, &|of| self.pending(of))
    }

    /// Expressions of the last order as text and as MathML, the shared parts written once. An
    /// expression of more than [`MAX_LINE`] terms, too long to read, is replaced by an ellipsis.
    #[must_use]
    pub fn in_notations(&self, ids: &[Id]) -> Vec<[String; 2]> {
        let mut text = Writer::new(&self.pool, Text, |of| self.pending(of));
        let mut mathml = Writer::new(&self.pool, MathMl, |of| self.pending(of));
        let write = |&id: &Id| match self.pool.size(id) > MAX_LINE {
            true => ["…".to_owned(), "<mo>…</mo>".to_owned()],
            false => [text.write(id), mathml.write(id)],
        };
        ids.iter().map(write).collect()
    }

    /// How a derivative of the last order that is still to be calculated is written.
    fn pending(&self, of: Id) -> Derivative {
        let variable = self.pool.as_name(self.variable).unwrap_or_default().to_owned();
        let step = self.orders.last().map_or(0, |order| order.derivation.step_of(of));
        Derivative { variable, step }
    }

    /// A condition of a simplification in words.
    ///
    /// # Errors
    /// When its expression is too large to be written out.
    pub fn condition(&self, condition: Condition) -> Result<String, Error> {
        Ok(match condition {
            Condition::NonZero(id) => format!("{} ≠ 0", self.written(id)?),
            Condition::NonNegative(id) => format!("{} ≥ 0", self.written(id)?),
            Condition::Defined(id) => format!("{} is defined", self.written(id)?),
        })
    }
}
