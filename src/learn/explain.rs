//! A node of the graph in symbols: its formula, and its derivatives with respect to its inputs.

use crate::autodiff::{Graph, NodeId, Operation};
use crate::calculus::{Derivation, Id, Pool, simplify};
use crate::formula::BinaryOperator;
use crate::function::{Function, find};
use crate::number;

/// The longest formula that stands for a node without a name, in terms.
const LONGEST: u32 = 24;

/// The nodes of a graph as formulas: a node with a name by its name, any other by what it computes.
#[derive(Clone, Debug)]
pub struct Symbols {
    pool: Pool,
    nodes: Vec<Id>,
}

impl Symbols {
    /// The formulas of all nodes.
    #[must_use]
    pub fn of(graph: &Graph) -> Self {
        let mut symbols = Self { pool: Pool::default(), nodes: Vec::with_capacity(graph.len()) };
        for node in 0..graph.len() {
            let id = symbols.node(graph, node);
            symbols.nodes.push(id);
        }
        symbols
    }

    fn node(&mut self, graph: &Graph, node: usize) -> Id {
        match (graph.name(node), graph.operation(node)) {
            (Some(name), _) => self.pool.name(name),
            (None, None) => self.pool.number(graph.constants()[node - graph.variables().len()]),
            (None, Some(operation)) => {
                let inputs: Vec<Id> = graph.inputs(node).iter().map(|&input| self.nodes[input as usize]).collect();
                let id = applied(&mut self.pool, operation, &inputs);
                if self.pool.size(id) > LONGEST { self.pool.name("…") } else { id }
            }
        }
    }

    /// A node as MathML.
    #[must_use]
    pub fn mathml(&self, node: usize) -> String {
        self.written(self.nodes[node])
    }

    /// What an operation computes from its inputs, as MathML.
    #[must_use]
    pub fn operation(&mut self, graph: &Graph, node: usize) -> String {
        let inputs: Vec<Id> = graph.inputs(node).iter().map(|&input| self.nodes[input as usize]).collect();
        let id =
            graph.operation(node).map_or(self.nodes[node], |operation| applied(&mut self.pool, operation, &inputs));
        self.written(id)
    }

    /// The same with the inputs' values, to four digits.
    #[must_use]
    pub fn in_numbers(&mut self, graph: &Graph, node: usize, values: &[f64]) -> String {
        let inputs: Vec<Id> =
            graph.inputs(node).iter().map(|&input| self.pool.number(rounded(values[input as usize]))).collect();
        let id =
            graph.operation(node).map_or(self.nodes[node], |operation| applied(&mut self.pool, operation, &inputs));
        self.written(id)
    }

    /// The derivative of an operation with respect to one of its inputs, as MathML; every use of a
    /// value is a separate input.
    #[must_use]
    pub fn local_derivative(&mut self, graph: &Graph, node: usize, input: usize) -> Option<String> {
        let symbols: Vec<Id> = graph.inputs(node).iter().map(|&input| self.nodes[input as usize]).collect();
        self.derivative(graph, node, input, &symbols)
    }

    /// The same with the inputs' values, to four digits.
    #[must_use]
    pub fn local_in_numbers(&mut self, graph: &Graph, node: usize, input: usize, values: &[f64]) -> Option<String> {
        let number = |input: &NodeId| self.pool.number(rounded(values[*input as usize]));
        let numbers: Vec<Id> = graph.inputs(node).iter().map(number).collect();
        self.derivative(graph, node, input, &numbers)
    }

    fn derivative(&mut self, graph: &Graph, node: usize, input: usize, inputs: &[Id]) -> Option<String> {
        // While the rules are applied, the inputs have names that a user can't type.
        let places: Vec<Id> = (0..inputs.len()).map(|place| self.pool.name(["\u{1}", "\u{2}"][place])).collect();
        let id = applied(&mut self.pool, graph.operation(node)?, &places);
        let derivative = Derivation::of(&mut self.pool, id, places[input]).ok()?.result();
        let mut id = simplify(&mut self.pool, derivative).ok()?.id;
        for (&place, &own) in places.iter().zip(inputs) {
            id = self.pool.substituted(id, place, own);
        }
        Some(self.written(id))
    }

    /// A node as text.
    #[must_use]
    pub fn text(&self, node: usize) -> String {
        self.pool.written(self.nodes[node]).map_or("…".to_owned(), |expression| expression.to_string())
    }

    fn written(&self, id: Id) -> String {
        self.pool.written(id).map_or("<mo>…</mo>".to_owned(), |expression| expression.mathml())
    }
}

fn applied(pool: &mut Pool, operation: Operation, inputs: &[Id]) -> Id {
    let [a, b] = [inputs[0], inputs[inputs.len() - 1]];
    match operation {
        Operation::Identity => a,
        Operation::Negate => pool.negate(a),
        Operation::PowerOf(exponent) => {
            let exponent = pool.number(exponent);
            pool.power(a, exponent)
        }
        Operation::Add => pool.binary(BinaryOperator::Add, a, b),
        Operation::Subtract => pool.binary(BinaryOperator::Subtract, a, b),
        Operation::Multiply => pool.binary(BinaryOperator::Multiply, a, b),
        Operation::Divide => pool.binary(BinaryOperator::Divide, a, b),
        Operation::Power => pool.binary(BinaryOperator::Power, a, b),
        Operation::Call(function) => called(pool, function, inputs),
    }
}

/// A call; what no formula can call is written with what it can.
fn called(pool: &mut Pool, function: &Function, inputs: &[Id]) -> Id {
    let factor = |pool: &mut Pool, comparison: &str| {
        let zero = pool.number(0.0);
        let condition = find(comparison).map(|function| pool.call(function, &[inputs[1], zero]));
        pool.binary(BinaryOperator::Multiply, inputs[0], condition.unwrap_or(zero))
    };
    match function.name {
        "keep" => factor(pool, "ne"),
        "drop" => factor(pool, "eq"),
        "is_larger" => find("lt").map_or(inputs[0], |function| pool.call(function, inputs)),
        _ => pool.call(function, inputs),
    }
}

/// A number with few enough digits for a sentence.
fn rounded(value: f64) -> f64 {
    number::read(&format!("{value:.3e}")).unwrap_or(value)
}
