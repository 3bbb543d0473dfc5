//! A whole program as statements.

use super::{Builder, Code, Error, TensorId, View};
use crate::formula::Program;

/// A program's statements, and where its numbers are.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowered {
    /// The statements.
    pub code: Code,
    /// The tensor of each leaf, in the order in which they were given.
    pub leaves: Vec<TensorId>,
    /// The name and the elements of each line.
    pub lines: Vec<(String, View)>,
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
    lowered(Builder::default(), program, leaves)
}

/// The same for many elements.
///
/// # Errors
/// Those of [`lower`].
pub fn lower_large(program: &Program, leaves: &[(&str, Vec<usize>)]) -> Result<Lowered, Error> {
    lowered(Builder::large(), program, leaves)
}

#[inline(never)]
fn lowered(mut builder: Builder, program: &Program, leaves: &[(&str, Vec<usize>)]) -> Result<Lowered, Error> {
    let mut tensors = Vec::with_capacity(leaves.len());
    for (name, shape) in leaves {
        let span = program.free_uses().into_iter().find(|(free, _)| free == name).map(|(_, span)| span);
        let leaf = builder.leaf(name, shape.clone());
        tensors.push(leaf.map_err(|kind| Error { kind, span: span.unwrap_or_default() })?);
    }
    let mut lines: Vec<(String, View)> = Vec::with_capacity(program.lines().len());
    for line in program.lines() {
        let is_last = std::ptr::eq(line, &program.lines()[program.lines().len() - 1]);
        let view = if is_last { builder.line(&line.expression)? } else { builder.expression(&line.expression)? };
        builder.name(line.name(), view.clone());
        lines.push((line.name().to_owned(), view));
    }
    let (output, shape) = lines.last().map_or((0, Vec::new()), |(_, last)| (last.tensor, last.shape.clone()));
    Ok(Lowered { code: builder.finish(), leaves: tensors, lines, output, shape })
}
