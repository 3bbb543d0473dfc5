//! Runs statements one passage after the other. It is the executor that works everywhere, and the
//! definition of what every other one computes.

use super::layout::{Layout, Place};
use super::single::Quick;
use super::statement::Reached;
use super::{Code, ErrorKind, Fold, Memory, Role, Start, Statement, TensorId, Work, count};
use crate::formula::Span;

/// The numbers that are calculated with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Doubles, as in Python.
    Double,
    /// Singles, as in PyTorch: every operation, and every local derivative, is computed in double
    /// precision and rounded once.
    Single,
}

impl Precision {
    /// The nearest number that there is.
    #[must_use]
    #[inline]
    pub fn round(self, value: f64) -> f64 {
        match self {
            Self::Double => value,
            Self::Single => f64::from(value as f32),
        }
    }
}

/// A number that should choose a row or a class and does not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutOfRange {
    /// The number.
    pub number: f64,
    /// How many places there are.
    pub size: usize,
    /// Where the program chooses by it.
    pub span: Span,
}

impl OutOfRange {
    /// The sentence for the person who wrote the program.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        ErrorKind::Index(self.number, self.size)
    }
}

/// The memory of a code's tensors, with a lane for each of several samples.
#[derive(Clone, Debug)]
pub struct Machine {
    precision: Precision,
    layout: Layout,
    shapes: Vec<usize>,
    memory: Vec<f64>,
}

impl Machine {
    /// Memory with the constants in their places, and 0 elsewhere.
    #[must_use]
    pub fn new(code: &Code, layout: &Layout, precision: Precision) -> Self {
        let shapes = code.tensors.iter().map(|info| count(&info.shape)).collect();
        let mut machine = Self { precision, layout: layout.clone(), shapes, memory: vec![0.0; layout.len] };
        for (tensor, info) in code.tensors.iter().enumerate() {
            if let Role::Constant(values) = &info.role {
                machine.set(tensor, 0, values);
            }
        }
        machine
    }

    /// Sets the numbers of a leaf in one lane, or in all where it is shared.
    pub fn set(&mut self, tensor: TensorId, lane: usize, values: &[f64]) {
        let (Place { start, width }, precision) = (self.layout.place(tensor), self.precision);
        let lane = lane.min(width - 1);
        for (element, &value) in values.iter().enumerate() {
            self.memory[start + element * width + lane] = precision.round(value);
        }
    }

    /// A tensor's numbers in one lane, row by row.
    pub fn values(&self, tensor: TensorId, lane: usize) -> impl Iterator<Item = f64> + '_ {
        let Place { start, width } = self.layout.place(tensor);
        let end = start + self.shapes[tensor] * width;
        self.memory[start..end].iter().copied().skip(lane.min(width - 1)).step_by(width)
    }

    /// Takes all numbers over.
    pub(super) fn take(&mut self, memory: &Memory) {
        match memory {
            Memory::Double(numbers) => self.memory.copy_from_slice(numbers),
            Memory::Single(numbers) => {
                self.memory.iter_mut().zip(numbers).for_each(|(own, &number)| *own = f64::from(number));
            }
        }
    }

    /// Hands all numbers over.
    pub(super) fn give(&self, memory: &mut Memory) {
        match memory {
            Memory::Double(numbers) => numbers.copy_from_slice(&self.memory),
            Memory::Single(numbers) => {
                numbers.iter_mut().zip(&self.memory).for_each(|(number, &own)| *number = own as f32);
            }
        }
    }

    /// All numbers, as the layout has them.
    #[must_use]
    pub fn memory(&self) -> &[f64] {
        &self.memory
    }

    /// Runs statements.
    ///
    /// # Errors
    /// When a number that should choose a row or a class is out of range.
    pub fn run(&mut self, statements: &[Statement]) -> Result<(), OutOfRange> {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Statement) -> Result<(), OutOfRange> {
        let inner: usize = statement.domain[statement.outer..].iter().product();
        let mut cursor = Cursor::new(statement);
        if inner == 0 {
            return self.empty(statement, cursor);
        }
        let mut results = vec![Found::default(); self.layout.lanes];
        for passage in 0..statement.passages() {
            for (lane, result) in results.iter_mut().enumerate() {
                self.passage(statement, &cursor, lane, passage % inner, result)?;
                if passage % inner == inner - 1 {
                    let place = self.place(statement, &cursor, 0, lane)?;
                    self.memory[place] = result.value;
                }
            }
            cursor.advance(&statement.domain);
        }
        Ok(())
    }

    /// Stores the sum of nothing.
    fn empty(&mut self, statement: &Statement, mut cursor: Cursor<'_>) -> Result<(), OutOfRange> {
        let Fold::Sum(Start::Number(start)) = statement.fold else { return Ok(()) };
        for _ in 0..statement.domain[..statement.outer].iter().product() {
            for lane in 0..self.layout.lanes {
                let place = self.place(statement, &cursor, 0, lane)?;
                self.memory[place] = start;
            }
            cursor.advance(&statement.domain[..statement.outer]);
        }
        Ok(())
    }

    fn passage(
        &self,
        statement: &Statement,
        cursor: &Cursor<'_>,
        lane: usize,
        inner: usize,
        result: &mut Found,
    ) -> Result<(), OutOfRange> {
        let next = self.work(statement, cursor, lane)?;
        match statement.fold {
            Fold::Set => result.value = next,
            Fold::Sum(start) => {
                let before = match start {
                    _ if inner > 0 => result.value,
                    Start::Number(number) => number,
                    Start::Stored => self.memory[self.place(statement, cursor, 0, lane)?],
                };
                result.value = self.precision.round(before + next);
            }
            Fold::Max | Fold::Argmax | Fold::Winner => {
                if inner == 0 || is_larger(next, result.largest) {
                    result.largest = next;
                    result.value = match statement.fold {
                        Fold::Argmax => inner as f64,
                        Fold::Winner => cursor.positions[1] as f64,
                        _ => next,
                    };
                }
            }
        }
        Ok(())
    }

    /// What is computed in a passage, before it is folded.
    fn work(&self, statement: &Statement, cursor: &Cursor<'_>, lane: usize) -> Result<f64, OutOfRange> {
        let input = |input: usize| self.place(statement, cursor, input + 1, lane).map(|place| self.memory[place]);
        let round = |value| self.precision.round(value);
        match statement.work {
            Work::Operation(operation) if operation.arity() == 2 => Ok(round(operation.value(input(0)?, input(1)?))),
            Work::Operation(operation) => {
                let quick = Quick::of(operation).filter(|_| self.precision == Precision::Single);
                let a = input(0)?;
                Ok(round(quick.map_or_else(|| operation.value(a, 0.0), |quick| quick.value(a))))
            }
            Work::Derivative(operation, by) => {
                let (a, b) = (input(1)?, input(operation.arity())?);
                let local = operation.derivatives(a, b, input(operation.arity() + 1)?)[by];
                Ok(round(input(0)? * round(local)))
            }
        }
    }

    /// Where the number of an access is in memory.
    fn place(
        &self,
        statement: &Statement,
        cursor: &Cursor<'_>,
        access: usize,
        lane: usize,
    ) -> Result<usize, OutOfRange> {
        let Reached { access: reached, lookup } = cursor.accesses[access];
        let mut element = cursor.positions[access];
        if let (Some(lookup), Some(index)) = (lookup, reached.index.as_deref()) {
            let number = self.memory[self.place(statement, cursor, lookup, lane)?];
            if !(number >= 0.0 && number < index.size as f64 && number.fract() == 0.0) {
                return Err(OutOfRange { number, size: index.size, span: statement.span });
            }
            element += number as isize * index.stride;
        }
        let Place { start, width } = self.layout.place(reached.tensor);
        Ok(start + element as usize * width + lane.min(width - 1))
    }
}

/// Whether a number is larger than the largest before it: a NaN is larger than every number.
fn is_larger(next: f64, largest: f64) -> bool {
    !(largest >= next || largest.is_nan())
}

/// What a fold has come to in one lane.
#[derive(Clone, Copy, Default)]
struct Found {
    value: f64,
    largest: f64,
}

/// The passage that is at work: how often each loop has been passed, and the place of each access.
struct Cursor<'s> {
    counters: Vec<usize>,
    accesses: Vec<Reached<'s>>,
    positions: Vec<isize>,
}

impl<'s> Cursor<'s> {
    /// At the first passage; the element that is written comes first, then those that are read.
    fn new(statement: &'s Statement) -> Self {
        let accesses = statement.reached();
        let positions = accesses.iter().map(|reached| reached.access.offset).collect();
        Self { counters: vec![0; statement.domain.len()], accesses, positions }
    }

    fn advance(&mut self, domain: &[usize]) {
        for axis in (0..domain.len()).rev() {
            self.counters[axis] += 1;
            let is_through = self.counters[axis] == domain[axis];
            let steps = if is_through { 1 - domain[axis] as isize } else { 1 };
            for (position, reached) in self.positions.iter_mut().zip(&self.accesses) {
                *position += steps * reached.access.strides[axis];
            }
            if !is_through {
                return;
            }
            self.counters[axis] = 0;
        }
    }
}
