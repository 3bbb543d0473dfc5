//! A program becomes a graph.

use rustc_hash::FxHashMap;

use super::graph::{Graph, Step};
use super::{NodeId, Operation};
use crate::formula::{BinaryOperator, Expression, Line, Program, Term, TermId};

/// Lowers a program to its graph.
///
/// The variables are the program's free names: first those of `columns` that it uses, in the order
/// of `columns`, then the parameters in the order of their first use. So a sample is copied to the
/// front of a buffer, and the parameters follow it.
#[must_use]
pub fn lower(program: &Program, columns: &[&str]) -> Graph {
    let free = program.free_names();
    let data = columns.iter().copied().filter(|column| free.contains(column));
    let parameters = free.iter().copied().filter(|name| !columns.contains(name));
    let variables: Vec<&str> = data.chain(parameters).collect();
    Lowering::new(&variables, program).finish(program)
}

struct Lowering<'p> {
    graph: Graph,
    /// The node of every name that is known so far.
    known: FxHashMap<&'p str, usize>,
}

impl<'p> Lowering<'p> {
    fn new(variables: &[&'p str], program: &'p Program) -> Self {
        let known = variables.iter().copied().zip(0..).collect();
        let variables: Vec<String> = variables.iter().map(|name| (*name).to_owned()).collect();
        let names = variables.iter().cloned().map(Some).collect();
        let graph = Graph { variables, constants: Vec::new(), steps: Vec::new(), names };
        let mut lowering = Self { known, graph };
        for line in program.lines() {
            lowering.collect_constants(&line.expression);
        }
        lowering
    }

    /// Constants are leaves, so all of them are placed before the first operation.
    fn collect_constants(&mut self, expression: &Expression) {
        let terms = expression.terms();
        let inputs = terms.iter().flat_map(|term| inputs(expression, term));
        for &id in inputs.chain([&(terms.len() - 1)]) {
            if let Some(value) = constant(&terms[id]) {
                self.constant(value);
            }
        }
    }

    fn constant(&mut self, value: f64) {
        if self.graph.constant(value).is_none() {
            self.graph.constants.push(value);
            self.graph.names.push(None);
        }
    }

    fn finish(mut self, program: &'p Program) -> Graph {
        for line in program.lines() {
            let node = self.expression(&line.expression);
            self.name(line, node);
        }
        self.graph.cut_off_unused();
        self.graph
    }

    fn expression(&mut self, expression: &Expression) -> NodeId {
        let mut nodes: Vec<NodeId> = Vec::with_capacity(expression.terms().len());
        for term in expression.terms() {
            let node = match (term, constant(term)) {
                // A number that is only an exponent has no node, and its place is never read.
                (_, Some(value)) => self.graph.constant(value).unwrap_or(NodeId::MAX),
                (Term::Name(name), None) => self.known[name.as_str()] as NodeId,
                _ => self.operation(expression, term, &nodes),
            };
            nodes.push(node);
        }
        nodes[nodes.len() - 1]
    }

    fn operation(&mut self, expression: &Expression, term: &Term, nodes: &[NodeId]) -> NodeId {
        let operation = match (term, literal_exponent(expression, term)) {
            (_, Some(exponent)) => Operation::PowerOf(exponent),
            (Term::Binary(operator, _), None) => (*operator).into(),
            (Term::Call(function, _), None) => Operation::Call(function),
            _ => Operation::Negate,
        };
        let inputs = inputs(expression, term);
        let [first, last] = [inputs[0], inputs[inputs.len() - 1]];
        self.push(operation, [nodes[first], nodes[last]])
    }

    fn push(&mut self, operation: Operation, inputs: [NodeId; 2]) -> NodeId {
        let node = self.graph.len() as NodeId;
        let edges = operation.edges() as u8;
        self.graph.steps.push(Step { operation, inputs, edges });
        self.graph.names.push(None);
        node
    }

    /// Gives a line's name to its node. A leaf, or a node that has a name, keeps its own, and the
    /// line becomes a node that repeats its value.
    fn name(&mut self, line: &'p Line, node: NodeId) {
        let taken = (node as usize) < self.graph.leaves() || self.graph.name(node as usize).is_some();
        let node = if taken { self.push(Operation::Identity, [node; 2]) } else { node };
        self.graph.names[node as usize] = Some(line.name().to_owned());
        self.known.insert(line.name(), node as usize);
    }
}

/// The value of a term that is a number, written or by its name.
fn constant(term: &Term) -> Option<f64> {
    match term {
        Term::Number(value) => Some(*value),
        Term::Constant(constant) => Some(constant.value),
        _ => None,
    }
}

/// The exponent of a power, where it is written as a number: `2` in `s^2`.
fn literal_exponent(expression: &Expression, term: &Term) -> Option<f64> {
    match term {
        Term::Binary(BinaryOperator::Power, [_, exponent]) => match expression.terms()[*exponent] {
            Term::Number(value) => Some(value),
            _ => None,
        },
        _ => None,
    }
}

/// The operands that become inputs of the node: all but a literal exponent.
fn inputs<'t>(expression: &Expression, term: &'t Term) -> &'t [TermId] {
    match literal_exponent(expression, term) {
        Some(_) => &term.operands()[..1],
        None => term.operands(),
    }
}
