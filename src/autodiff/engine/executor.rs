//! What runs a code: the interpreter, or compiled code in its place.

use super::{Code, Layout, Machine, Memory, OutOfRange, Precision};

/// Runs the two passes of one code, in memory of its own.
pub trait Executor {
    /// The memory.
    fn memory(&mut self) -> &mut Memory;

    /// Runs the forward pass for all lanes, or else the backward pass.
    ///
    /// # Errors
    /// When a number that should choose a row or a class is out of range.
    fn run(&mut self, is_forward: bool) -> Result<(), OutOfRange>;
}

/// The executor that needs no compiler.
#[derive(Clone, Debug)]
pub struct Interpreter {
    code: Code,
    machine: Machine,
    memory: Memory,
}

impl Interpreter {
    /// Memory for a code, in which it can be run.
    #[must_use]
    pub fn new(code: &Code, layout: &Layout, precision: Precision) -> Self {
        let machine = Machine::new(code, layout, precision);
        Self { code: code.clone(), machine, memory: Memory::new(code, layout, precision) }
    }
}

impl Executor for Interpreter {
    fn memory(&mut self) -> &mut Memory {
        &mut self.memory
    }

    /// The interpreter calculates with doubles, which it rounds where singles are asked for.
    fn run(&mut self, is_forward: bool) -> Result<(), OutOfRange> {
        self.machine.take(&self.memory);
        let statements = if is_forward { self.code.forward() } else { self.code.backward() };
        let result = self.machine.run(statements);
        self.machine.give(&mut self.memory);
        result
    }
}
