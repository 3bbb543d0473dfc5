//! A whole program as statements.

use super::{Builder, Code, Error, ErrorKind, TensorId};
use crate::formula::Program;

/// A program's statements, and where its numbers are.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowered {
    /// The statements.
    pub code: Code,
    /// The tensor of each leaf, in the order in which they were given.
    pub leaves: Vec<TensorId>,
    /// The tensor of the last line.
    pub output: TensorId,
    /// Its shape.
    pub shape: Vec<usize>,
}

/// Lowers a program whose free names are leaves of these shapes.
///
/// # Errors
/// When shapes do not fit, a name has no value, or there are too many elements.
pub fn lower(program: &Program, leaves: &[(&str, Vec<usize>)]) -> Result<Lowered, Error> {
    let mut builder = Builder::default();
    let mut tensors = Vec::with_capacity(leaves.len());
    for (name, shape) in leaves {
        let span = program.free_uses().into_iter().find(|(free, _)| free == name).map(|(_, span)| span);
        let leaf = builder.leaf(name, shape.clone());
        tensors.push(leaf.map_err(|kind| Error { kind, span: span.unwrap_or_default() })?);
    }
    let mut last = None;
    for line in program.lines() {
        let is_last = std::ptr::eq(line, &program.lines()[program.lines().len() - 1]);
        let view = if is_last { builder.line(&line.expression)? } else { builder.expression(&line.expression)? };
        builder.name(line.name(), view.clone());
        last = Some(view);
    }
    let nothing = Error { kind: ErrorKind::NoValue(String::new()), span: Default::default() };
    let last = last.ok_or(nothing)?;
    Ok(Lowered { code: builder.finish(), leaves: tensors, output: last.tensor, shape: last.shape })
}
