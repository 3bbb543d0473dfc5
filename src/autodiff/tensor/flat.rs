//! A program of tensors as a graph of numbers, in which each element of a leaf is a variable.

use super::expand::Expansion;
use crate::autodiff::Graph;
use crate::autodiff::engine::{Error, Lowered, View, count, index, lower};
use crate::formula::Program;

/// A program's graph, and the statements that it was made from.
#[derive(Clone, Debug)]
pub struct Flat {
    /// The graph. Its variables are the elements of the leaves, one leaf after the other.
    pub graph: Graph,
    /// The statements of the forward pass.
    pub lowered: Lowered,
}

/// Expands a program whose free names are leaves of these shapes.
///
/// ```
/// use downhill::autodiff::tensor::expand;
/// use downhill::formula::Program;
///
/// let program = Program::parse("loss = sum((W @ [1, 2] - y)^2)").unwrap();
/// let flat = expand(&program, &[("y", vec![1]), ("W", vec![1, 2])])?;
/// assert_eq!(flat.graph.variables(), ["y[0]", "W[0, 0]", "W[0, 1]"]);
/// # Ok::<(), downhill::autodiff::engine::Error>(())
/// ```
///
/// # Errors
/// When shapes do not fit, a name has no value, or there are too many elements.
pub fn expand(program: &Program, leaves: &[(&str, Vec<usize>)]) -> Result<Flat, Error> {
    let lowered = lower(program, leaves)?;
    let mut expansion = Expansion::new(&lowered.code, None);
    expansion.statements(lowered.code.forward())?;
    let given = leaves.iter().zip(&lowered.leaves);
    let given = given.map(|((name, shape), &leaf)| ((*name).to_owned(), View::whole(leaf, shape.clone())));
    let mut names = Vec::new();
    for (name, view) in given.chain(lowered.lines.iter().cloned()) {
        let elements = expansion.elements(&view).into_iter().enumerate();
        names.extend(elements.map(|(place, node)| (node, element_name(&name, &view.shape, place))));
    }
    let output = expansion.elements(&View::whole(lowered.output, lowered.shape.clone()));
    let output = output.first().copied().unwrap_or_default();
    Ok(Flat { graph: expansion.named(output, names), lowered })
}

/// An element's name: `W[0, 1]`, or only `w` for a single number.
#[must_use]
pub fn element_name(name: &str, shape: &[usize], place: usize) -> String {
    if shape.is_empty() {
        return name.to_owned();
    }
    let index: Vec<String> = index(place % count(shape).max(1), shape).iter().map(usize::to_string).collect();
    format!("{name}[{}]", index.join(", "))
}
