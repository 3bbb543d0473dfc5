//! Both passes of a graph of numbers with every value in a local: of one number, or of a vector.

use super::body::Body;
use super::numbers::Numbers;
use super::operation::{Operands, emit_derivative, emit_value};
use crate::autodiff::{Graph, Operation};

/// A gradient that is known: the seed of the output, or a local.
#[derive(Clone, Copy)]
pub(super) enum Gradient {
    One,
    Local(u32),
}

/// The locals of a graph.
pub(super) struct Pass<'g> {
    graph: &'g Graph,
    numbers: Numbers,
    /// The local of each node's value.
    pub(super) values: Vec<u32>,
    /// The gradients that are computed so far in the backward pass.
    pub(super) gradients: Vec<Option<Gradient>>,
    /// Whether a parameter is behind a node.
    needed: Vec<bool>,
    /// One share of a gradient.
    share: u32,
}

impl<'g> Pass<'g> {
    /// Locals for the values of a graph whose first `inputs` variables need no gradient. What does
    /// not change between the passes of several graphs may be in the locals of `shared`: the
    /// samples' numbers and the constants.
    pub(super) fn new(
        graph: &'g Graph,
        inputs: usize,
        numbers: Numbers,
        body: &mut Body,
        shared: Option<&Self>,
    ) -> Self {
        let is_fixed = |node: usize| node < inputs || (graph.variables().len()..graph.leaves()).contains(&node);
        let value = |node: usize| match shared.filter(|_| is_fixed(node)) {
            Some(shared) => shared.values[node],
            None => body.local(numbers.kind()),
        };
        let values = (0..graph.len()).map(value).collect();
        let sources: Vec<bool> = (0..graph.variables().len()).map(|variable| variable >= inputs).collect();
        let share = body.local(numbers.kind());
        Self { needed: graph.depends(&sources), gradients: Vec::new(), graph, numbers, values, share }
    }

    /// Sets the constants.
    pub(super) fn emit_constants(&self, body: &mut Body) {
        let first = self.graph.variables().len();
        for (place, &constant) in self.graph.constants().iter().enumerate() {
            self.numbers.constant(body, constant);
            body.then().local_set(self.values[first + place]);
        }
    }

    pub(super) fn output(&self) -> u32 {
        self.values[self.graph.output()]
    }

    pub(super) fn emit_forward(&self, body: &mut Body) {
        for node in self.graph.leaves()..self.graph.len() {
            let at = self.operands(node);
            if let Some(operation) = self.graph.operation(node) {
                emit_value(body, self.numbers, operation, at);
                body.then().local_set(at.y);
            }
        }
    }

    fn operands(&self, node: usize) -> Operands {
        let inputs = self.graph.inputs(node);
        let local = |place: usize| inputs.get(place).map_or(0, |&input| self.values[input as usize]);
        Operands { a: local(0), b: local(inputs.len().saturating_sub(1)), y: self.values[node] }
    }

    pub(super) fn emit_backward(&mut self, body: &mut Body) {
        self.gradients = vec![None; self.graph.len()];
        self.gradients[self.graph.output()] = Some(Gradient::One);
        for node in (self.graph.leaves()..self.graph.len()).rev() {
            let Some(upstream) = self.gradients[node] else { continue };
            for place in 0..self.graph.passing(node).len() {
                let input = self.graph.passing(node)[place] as usize;
                if self.needed[input] {
                    self.emit_share(body, node, place, upstream);
                    self.emit_sum(body, input);
                }
            }
        }
    }

    /// Leaves an input's share of the gradient on the stack: upstream times local.
    fn emit_share(&self, body: &mut Body, node: usize, place: usize, upstream: Gradient) {
        let (at, numbers) = (self.operands(node), self.numbers);
        let Some(operation) = self.graph.operation(node) else { return };
        match (operation, place, upstream) {
            (Operation::Identity | Operation::Add, ..) | (Operation::Subtract, 0, _) => self.emit(body, upstream),
            (Operation::Negate, ..) | (Operation::Subtract, ..) => {
                self.emit(body, upstream);
                numbers.negate(body);
            }
            (Operation::Multiply, _, Gradient::One) => {
                body.then().local_get(if place == 0 { at.b } else { at.a });
            }
            (Operation::Multiply, ..) => {
                self.emit(body, upstream);
                body.then().local_get(if place == 0 { at.b } else { at.a });
                numbers.multiply(body);
            }
            (_, _, Gradient::One) => emit_derivative(body, numbers, operation, place, at),
            _ => {
                self.emit(body, upstream);
                emit_derivative(body, numbers, operation, place, at);
                numbers.multiply(body);
            }
        }
    }

    /// Adds what is on the stack to a node's gradient; the first share is the gradient so far.
    fn emit_sum(&mut self, body: &mut Body, node: usize) {
        let local = match self.gradients[node] {
            Some(Gradient::Local(local)) => {
                body.then().local_set(self.share).local_get(local).local_get(self.share);
                self.numbers.add(body);
                local
            }
            _ => body.local(self.numbers.kind()),
        };
        body.then().local_set(local);
        self.gradients[node] = Some(Gradient::Local(local));
    }

    fn emit(&self, body: &mut Body, gradient: Gradient) {
        match gradient {
            Gradient::One => self.numbers.constant(body, 1.0),
            Gradient::Local(local) => {
                body.then().local_get(local);
            }
        }
    }

    /// The gradient of a parameter. One that the loss does not depend on has the sum of nothing, -0.
    pub(super) fn emit_gradient(&self, body: &mut Body, parameter: usize) {
        match self.gradients[parameter] {
            Some(gradient) => self.emit(body, gradient),
            None => self.numbers.constant(body, -0.0),
        }
    }
}
