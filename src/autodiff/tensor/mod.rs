//! Programs of tensors as scalar graphs, for explaining them.
//!
//! Every element is a node of the one scalar graph, so both passes are those of any program, and a
//! single element's path from the output can be followed. Broadcasting and `transpose` make no
//! nodes: they only say which element is used where.

mod expand;
mod flat;
mod path;
mod print;

use std::ops::Range;

use self::expand::Expansion;
pub use self::expand::MAX_NODES;
pub use self::flat::{Flat, element_name, expand};
pub use self::path::{Link, MAX_PATHS, Paths};
pub use self::print::printed;
use super::engine::{
    Builder, Code, Error, ErrorKind, Layout, MAX_ELEMENTS, Machine, Precision, Statement, TensorId, View,
};
use super::{Graph, NodeId, Sweep};
use crate::formula::{Expression, Line, Program, Term};

/// A tensor whose elements are nodes, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// The sizes of its axes; none for a single number.
    pub shape: Vec<usize>,
    /// The node of each element, the last axis fastest.
    pub elements: Vec<NodeId>,
}

/// A tensor that is given by its numbers, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// Its name in the program.
    pub name: String,
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// As many numbers as the shape has elements.
    pub values: Vec<f64>,
}

/// A tensor of a program: one that is given, or a line.
#[derive(Clone, Debug, PartialEq)]
pub struct TensorNode {
    /// Its name.
    pub name: String,
    /// What the line computes; nothing for a tensor that is given.
    pub expression: Option<Expression>,
    /// Where its elements are in the graph.
    pub tensor: Tensor,
    /// The tensors that the line uses, each once, in the order of their first use.
    pub inputs: Vec<usize>,
    /// Whether it depends on no other tensor, so that its elements are variables.
    pub leaf: bool,
    /// The nodes that were made for this line, in the order of their making.
    made: Vec<NodeId>,
    /// Where its numbers and those of its gradient are.
    ids: (TensorId, Option<TensorId>),
}

/// A tensor program as a graph.
///
/// ```
/// use downhill::autodiff::tensor::TensorGraph;
/// use downhill::formula::Program;
///
/// let program = Program::parse("x = ones(2, 2); y = x + 2; z = 3*y*y; out = mean(z)").unwrap();
/// let graph = TensorGraph::new(&program, &[])?;
/// assert_eq!(graph.gradient(0), Some(vec![4.5; 4]));
/// # Ok::<(), downhill::autodiff::engine::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TensorGraph {
    graph: Graph,
    nodes: Vec<TensorNode>,
    variables: Vec<f64>,
    /// The numbers of all tensors and of their gradients.
    machine: Machine,
}

impl TensorGraph {
    /// Lowers a program. Lines without a name in them are leaves, as tensors made by hand are in
    /// PyTorch; so are the tensors that are given.
    ///
    /// # Errors
    /// When shapes do not fit, a name has no value, or there are too many elements.
    pub fn new(program: &Program, given: &[Given]) -> Result<Self, Error> {
        let builder = Builder::default();
        let mut lowering = Lowering { builder, given, nodes: Vec::new(), leaves: Vec::new() };
        for (name, span) in program.free_uses() {
            lowering.give(name).map_err(|kind| Error { kind, span })?;
        }
        for line in program.lines() {
            lowering.line(line)?;
        }
        lowering.finish()
    }

    /// The tensors, inputs before what uses them; the last one is the output.
    #[must_use]
    pub fn nodes(&self) -> &[TensorNode] {
        &self.nodes
    }

    /// The graph of all elements.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// Whether the last line is a single number, from which a gradient can start.
    #[must_use]
    pub fn ends_in_a_number(&self) -> bool {
        self.nodes.last().is_some_and(|node| node.tensor.elements.len() == 1)
    }

    /// The forward pass, and the backward pass where the output is a single number.
    #[must_use]
    pub fn sweep(&self) -> Sweep {
        let mut sweep = Sweep::new(&self.graph);
        sweep.values[..self.variables.len()].copy_from_slice(&self.variables);
        sweep.forward(&self.graph);
        if self.ends_in_a_number() {
            sweep.backward(&self.graph);
        }
        sweep
    }

    /// The numbers of a tensor, row by row.
    #[must_use]
    pub fn value(&self, node: usize) -> Vec<f64> {
        self.machine.values(self.nodes[node].ids.0, 0).collect()
    }

    /// The derivatives of the output by the elements of a tensor; nothing where the output is not a
    /// number, or does not depend on it, and for a tensor that no gradient passes through, such as
    /// that of a comparison.
    #[must_use]
    pub fn gradient(&self, node: usize) -> Option<Vec<f64>> {
        let gradient = self.nodes[node].ids.1.filter(|_| self.ends_in_a_number())?;
        Some(self.machine.values(gradient, 0).map(|number| number + 0.0).collect())
    }
}

struct Lowering<'p> {
    builder: Builder,
    given: &'p [Given],
    nodes: Vec<Planned>,
    leaves: Vec<(TensorId, Vec<f64>)>,
}

/// A tensor before its elements are nodes.
struct Planned {
    name: String,
    expression: Option<Expression>,
    view: View,
    inputs: Vec<usize>,
    leaf: bool,
    /// The statements of the line.
    statements: Range<usize>,
}

impl Lowering<'_> {
    fn give(&mut self, name: &str) -> Result<(), ErrorKind> {
        match self.given.iter().find(|given| given.name == name) {
            Some(Given { shape, values, .. }) => self.leaf(name, None, shape.clone(), values.clone()),
            None => Ok(()),
        }
    }

    fn leaf(
        &mut self,
        name: &str,
        expression: Option<Expression>,
        shape: Vec<usize>,
        values: Vec<f64>,
    ) -> Result<(), ErrorKind> {
        let tensor = self.builder.leaf(name, shape.clone())?;
        self.leaves.push((tensor, values));
        let (view, end) = (View::whole(tensor, shape), self.builder.statements().len());
        let name = name.to_owned();
        self.nodes.push(Planned { name, expression, view, inputs: Vec::new(), leaf: true, statements: end..end });
        Ok(())
    }

    fn line(&mut self, line: &Line) -> Result<(), Error> {
        let expression = &line.expression;
        if expression.names().next().is_none() && line.name.is_some() {
            let (shape, values) = calculated(expression)?;
            let made = self.leaf(line.name(), Some(expression.clone()), shape, values);
            return made.map_err(|kind| Error { kind, span: line.span });
        }
        let before = self.builder.statements().len();
        let same = matches!(expression.terms(), [Term::Name(_)]);
        let view = if same { self.builder.expression(expression)? } else { self.builder.line(expression)? };
        check_passages(&self.builder.statements()[before..], MAX_NODES, ErrorKind::TooManyNodes)?;
        self.builder.name(line.name(), view.clone());
        self.nodes.push(Planned {
            name: line.name().to_owned(),
            expression: Some(expression.clone()),
            view,
            inputs: self.inputs(expression),
            leaf: false,
            statements: before..self.builder.statements().len(),
        });
        Ok(())
    }

    fn inputs(&self, expression: &Expression) -> Vec<usize> {
        let mut inputs: Vec<usize> = Vec::new();
        for (name, _) in expression.names() {
            let found = self.nodes.iter().position(|node| node.name == name);
            inputs.extend(found.filter(|found| !inputs.contains(found)));
        }
        inputs
    }

    fn finish(self) -> Result<TensorGraph, Error> {
        let mut code = self.builder.finish();
        let leaves: Vec<TensorId> = self.leaves.iter().map(|(tensor, _)| *tensor).collect();
        let seed = self.nodes.last().and_then(|last| code.differentiate(last.view.tensor, &leaves));
        let mut machine = computed(&code, &self.leaves)?;
        if let Some(seed) = seed {
            machine.set(seed, 0, &[1.0]);
            run(&mut machine, code.backward())?;
        }
        let mut expansion = Expansion::new(&code, Some(&machine));
        let mut nodes = Vec::with_capacity(self.nodes.len());
        for Planned { name, expression, view, inputs, leaf, statements } in self.nodes {
            let made = expansion.statements(&code.statements[statements])?;
            let tensor = Tensor { elements: expansion.elements(&view), shape: view.shape };
            let ids = (view.tensor, code.gradients[view.tensor]);
            nodes.push(TensorNode { name, expression, tensor, inputs, leaf, made, ids });
        }
        let variables = self.leaves.into_iter().flat_map(|(_, values)| values).collect();
        let (graph, nodes) = expansion.finish(nodes);
        Ok(TensorGraph { graph, nodes, variables, machine })
    }
}

/// The shape and the numbers of an expression without names.
///
/// # Errors
/// When it has names, or shapes do not fit.
pub fn calculated(expression: &Expression) -> Result<(Vec<usize>, Vec<f64>), Error> {
    let mut builder = Builder::default();
    let view = builder.line(expression)?;
    check_passages(builder.statements(), MAX_ELEMENTS, ErrorKind::TooManyElements(None))?;
    let code = builder.finish();
    let values = computed(&code, &[])?.values(view.tensor, 0).collect();
    Ok((view.shape, values))
}

/// Refuses statements with more passages than that, before anything is computed.
fn check_passages(statements: &[Statement], most: usize, kind: ErrorKind) -> Result<(), Error> {
    match statements.iter().find(|statement| statement.passages() > most) {
        Some(Statement { span, .. }) => Err(Error { kind, span: *span }),
        None => Ok(()),
    }
}

/// The forward pass of a code.
fn computed(code: &Code, leaves: &[(TensorId, Vec<f64>)]) -> Result<Machine, Error> {
    let mut machine = Machine::new(code, &Layout::new(code, 1, &[]), Precision::Double);
    for (tensor, values) in leaves {
        machine.set(*tensor, 0, values);
    }
    run(&mut machine, code.forward())?;
    Ok(machine)
}

fn run(machine: &mut Machine, statements: &[Statement]) -> Result<(), Error> {
    machine.run(statements).map_err(|wrong| Error { kind: wrong.kind(), span: wrong.span })
}
