//! A derivative of any order, from the formula to the simplified result.

use super::{Condition, Derivation, Error, Id, MAX_ORDER, Pool, Simplified, lines, simplify};
use crate::formula::{Derivative, Expression, Program};

/// The derivatives of a program's last line by one variable, from the first order on.
///
/// ```
/// use downhill::calculus::Calculation;
/// use downhill::formula::Program;
///
/// let program = Program::parse("y_hat = x*w; (y_hat - y)^2").unwrap();
/// let calculation = Calculation::of(&program, "w", 1)?;
/// assert_eq!(calculation.derivative()?.to_string(), "2*x*(x*w - y)");
/// # Ok::<(), downhill::calculus::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Calculation {
    /// All expressions of the calculation.
    pub pool: Pool,
    /// The last line, with the other lines in their places.
    pub function: Id,
    /// The variable.
    pub variable: Id,
    /// The derivatives, the first order first.
    pub orders: Vec<Order>,
}

/// The derivative of one order.
#[derive(Clone, Debug)]
pub struct Order {
    /// Its steps, which begin with the simplified derivative of the order before.
    pub derivation: Derivation,
    /// Its simplified result.
    pub simplified: Simplified,
}

impl Calculation {
    /// Differentiates a program's last line `order` times.
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
        let before = self.orders.last().map_or(self.function, |order| order.simplified.id);
        let derivation = Derivation::of(&mut self.pool, before, self.variable)?;
        let simplified = simplify(&mut self.pool, derivation.result())?;
        self.orders.push(Order { derivation, simplified });
        Ok(())
    }

    /// The last order.
    #[must_use]
    pub fn last(&self) -> &Order {
        &self.orders[self.orders.len() - 1]
    }

    /// The derivative of the last order, simplified.
    ///
    /// # Errors
    /// When it is too large to be written out.
    pub fn derivative(&self) -> Result<Expression, Error> {
        self.written(self.last().simplified.id)
    }

    /// The last order as lines of one formula, the last of them simplified.
    pub fn lines(&mut self) -> Vec<Id> {
        let Order { derivation, simplified } = self.last().clone();
        let mut lines = lines(&mut self.pool, &derivation);
        lines.push(simplified.id);
        lines.dedup();
        lines
    }

    /// Writes an expression of the last order out.
    ///
    /// # Errors
    /// When it is too large to be written out.
    pub fn written(&self, id: Id) -> Result<Expression, Error> {
        let variable = self.pool.as_name(self.variable).unwrap_or_default();
        let pending = |of| {
            let step = self.orders.last().map_or(0, |order| order.derivation.step_of(of));
            Derivative { variable: variable.to_owned(), step }
        };
        self.pool.export(id, &pending)
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
