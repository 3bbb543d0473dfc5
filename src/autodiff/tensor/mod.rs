//! Programs of tensors: scalars, vectors, matrices, up to rank 4.
//!
//! Every element is a node of the one scalar graph, so both passes are those of any program, and a
//! single element's path from the output can be followed. Broadcasting and `transpose` make no
//! nodes: they only say which element is used where.

mod build;
mod error;
mod path;
mod print;
mod shape;
mod tape;

use rustc_hash::FxHashMap;

use self::build::Builder;
pub use self::error::{Error, ErrorKind};
pub use self::path::{Link, MAX_PATHS, Paths};
pub use self::print::printed;
pub use self::shape::{MAX_ELEMENTS, MAX_RANK, count, index, written};
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

impl Tensor {
    fn scalar(node: NodeId) -> Self {
        Self { shape: Vec::new(), elements: vec![node] }
    }
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
}

/// A tensor program as a graph.
///
/// ```
/// use downhill::autodiff::tensor::{TensorGraph, printed};
/// use downhill::formula::Program;
///
/// let program = Program::parse_tensors("x = ones(2, 2); y = x + 2; z = 3*y*y; out = mean(z)").unwrap();
/// let graph = TensorGraph::new(&program, &[])?;
/// let sweep = graph.sweep();
/// assert_eq!(graph.gradient(0, &sweep), Some(vec![4.5; 4]));
/// # Ok::<(), downhill::autodiff::tensor::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct TensorGraph {
    graph: Graph,
    nodes: Vec<TensorNode>,
    variables: Vec<f64>,
    used: Vec<bool>,
}

impl TensorGraph {
    /// Lowers a program. Lines without a name in them are leaves, as tensors made by hand are in
    /// PyTorch; so are the tensors that are given.
    ///
    /// # Errors
    /// When shapes do not fit, a name has no value, or there are too many elements.
    pub fn new(program: &Program, given: &[Given]) -> Result<Self, Error> {
        let builder = Builder { tape: tape::Tape::default(), known: FxHashMap::default() };
        let mut lowering = Lowering { builder, nodes: Vec::new(), variables: Vec::new() };
        for (name, span) in program.free_uses() {
            if let Some(given) = given.iter().find(|given| given.name == name) {
                lowering.give(given).map_err(|kind| Error { kind, span })?;
            }
        }
        for line in program.lines() {
            lowering.line(line)?;
        }
        Ok(lowering.finish())
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
    pub fn value(&self, node: usize, sweep: &Sweep) -> Vec<f64> {
        self.nodes[node].tensor.elements.iter().map(|&element| sweep.values[element as usize]).collect()
    }

    /// The derivatives of the output by the elements of a tensor; nothing where the output is not a
    /// number, or does not depend on any of them.
    #[must_use]
    pub fn gradient(&self, node: usize, sweep: &Sweep) -> Option<Vec<f64>> {
        let elements = &self.nodes[node].tensor.elements;
        let reached = elements.iter().any(|&element| self.used[element as usize]);
        let gradient = |&element: &NodeId| sweep.gradients[element as usize] + 0.0;
        (reached && self.ends_in_a_number()).then(|| elements.iter().map(gradient).collect())
    }
}

struct Lowering {
    builder: Builder,
    nodes: Vec<TensorNode>,
    variables: Vec<f64>,
}

impl Lowering {
    fn give(&mut self, Given { name, shape, values }: &Given) -> Result<(), ErrorKind> {
        self.leaf(name, None, shape::within_limits(shape.clone())?, values);
        Ok(())
    }

    fn leaf(&mut self, name: &str, expression: Option<Expression>, shape: Vec<usize>, values: &[f64]) {
        let elements = values.iter().map(|_| self.builder.tape.variable()).collect();
        self.variables.extend(values);
        self.push(
            name,
            TensorNode {
                name: name.to_owned(),
                expression,
                tensor: Tensor { shape, elements },
                inputs: Vec::new(),
                leaf: true,
                made: Vec::new(),
            },
        );
    }

    fn push(&mut self, name: &str, node: TensorNode) {
        self.builder.known.insert(name.to_owned(), node.tensor.clone());
        self.nodes.push(node);
    }

    fn line(&mut self, line: &Line) -> Result<(), Error> {
        if line.expression.names().next().is_none() && !self.is_alone(line) {
            let (shape, values) = calculated(&line.expression)?;
            self.leaf(line.name(), Some(line.expression.clone()), shape, &values);
            return Ok(());
        }
        let before = self.builder.tape.len();
        let tensor = self.builder.expression(&line.expression)?;
        let same = matches!(line.expression.terms(), [Term::Name(_)]);
        let tensor = if same { tensor } else { self.builder.own_elements(tensor, before) };
        let made = (before..self.builder.tape.len()).map(|node| node as NodeId).collect();
        let inputs = self.inputs(&line.expression);
        let expression = Some(line.expression.clone());
        let node = TensorNode { name: line.name().to_owned(), expression, tensor, inputs, leaf: false, made };
        self.push(line.name(), node);
        Ok(())
    }

    /// A line without a name, which nothing can use, is no leaf.
    fn is_alone(&self, line: &Line) -> bool {
        line.name.is_none()
    }

    fn inputs(&self, expression: &Expression) -> Vec<usize> {
        let mut inputs: Vec<usize> = Vec::new();
        for (name, _) in expression.names() {
            let found = self.nodes.iter().position(|node| node.name == name);
            inputs.extend(found.filter(|found| !inputs.contains(found)));
        }
        inputs
    }

    fn finish(mut self) -> TensorGraph {
        let output = self.nodes.last().and_then(|node| node.tensor.elements.first().copied());
        let output = output.unwrap_or_else(|| self.builder.tape.constant(f64::NAN));
        let (graph, places) = self.builder.tape.graph(output);
        let moved = |nodes: &mut Vec<NodeId>| nodes.iter_mut().for_each(|node| *node = places[*node as usize]);
        for node in &mut self.nodes {
            moved(&mut node.tensor.elements);
            moved(&mut node.made);
        }
        let used = graph.used();
        TensorGraph { graph, nodes: self.nodes, variables: self.variables, used }
    }
}

/// The shape and the numbers of an expression without names.
fn calculated(expression: &Expression) -> Result<(Vec<usize>, Vec<f64>), Error> {
    let mut builder = Builder { tape: tape::Tape::default(), known: FxHashMap::default() };
    let Tensor { shape, elements } = builder.expression(expression)?;
    let Some(&first) = elements.first() else { return Ok((shape, Vec::new())) };
    let (graph, places) = builder.tape.graph(first);
    let mut sweep = Sweep::new(&graph);
    sweep.forward(&graph);
    Ok((shape, elements.iter().map(|&element| sweep.values[places[element as usize] as usize]).collect()))
}
