//! A whole run of a small program of numbers as one function: every value and gradient is in a
//! local, and only the record of the run is written to memory.

use wasm_encoder::{BlockType, MemArg, ValType};

use super::body::Body;
use super::numbers::Numbers;
use super::operation::{Operands, emit_derivative, emit_value};
use super::{DESCENT, finished};
use crate::autodiff::engine::Precision;
use crate::autodiff::{Graph, Operation};

/// Larger programs have too many locals for one function, which may have 50,000.
pub const MAX_STRAIGHT: usize = 12_000;

/// The parameters of the function, which are addresses in bytes but for three numbers.
const ROWS: u32 = 0;
const ORDER: u32 = 1;
/// From the order of one epoch to that of the next.
const ORDER_STRIDE: u32 = 2;
const RATES: u32 = 3;
/// The number of samples, the place in the epoch, and the number of steps to take.
const SAMPLES: u32 = 4;
const PLACE: u32 = 5;
const STEPS: u32 = 6;
const WEIGHTS: u32 = 7;
const GRADIENTS_OUT: u32 = 8;
const WEIGHTS_OUT: u32 = 9;
const LOSSES_OUT: u32 = 10;
/// How many parameters the function has.
pub(super) const PARAMETERS: u32 = 11;

/// A gradient that is known: the seed of the output, or a local.
#[derive(Clone, Copy)]
enum Gradient {
    One,
    Local(u32),
}

/// Plain gradient descent, one sample after the other, of a graph whose first `inputs` variables
/// are a sample's numbers, and whose other variables are the parameters.
///
/// The module exports `train`. It takes the addresses of the rows of the samples, of their order,
/// the bytes from one epoch's order to the next, the address of the current epoch's learning rate,
/// the number of samples, the place in the epoch, the number of steps, and the addresses of the
/// parameters and of the records of gradients, parameters and losses. It returns how many steps
/// it has taken: fewer if a gradient is not finite, before that step.
#[must_use]
pub fn compile_descent(graph: &Graph, inputs: usize) -> Vec<u8> {
    let mut straight = Straight::new(graph, inputs);
    straight.emit();
    finished([("train", DESCENT, straight.body)])
}

struct Straight<'g> {
    graph: &'g Graph,
    inputs: usize,
    body: Body,
    numbers: Numbers,
    /// The local of each node's value.
    values: Vec<u32>,
    /// The gradients that are computed so far in the backward pass.
    gradients: Vec<Option<Gradient>>,
    /// Whether a parameter is behind a node.
    needed: Vec<bool>,
    /// One share of a gradient.
    share: u32,
    rate: u32,
    row: u32,
    taken: u32,
}

impl<'g> Straight<'g> {
    fn new(graph: &'g Graph, inputs: usize) -> Self {
        let mut body = Body::new(PARAMETERS);
        let values = (0..graph.len()).map(|_| body.local(ValType::F64)).collect();
        let sources: Vec<bool> = (0..graph.variables().len()).map(|variable| variable >= inputs).collect();
        let [share, rate] = [ValType::F64; 2].map(|kind| body.local(kind));
        let [row, taken] = [ValType::I32; 2].map(|kind| body.local(kind));
        Self {
            needed: graph.depends(&sources),
            gradients: Vec::new(),
            numbers: Numbers::new(Precision::Double, 1),
            graph,
            inputs,
            body,
            values,
            share,
            rate,
            row,
            taken,
        }
    }

    fn parameters(&self) -> std::ops::Range<usize> {
        self.inputs..self.graph.variables().len()
    }

    fn emit(&mut self) {
        self.emit_beginning();
        // The outer block is left at a gradient that is not finite, the loop is passed for each step.
        self.body.then().block(BlockType::Empty).loop_(BlockType::Empty);
        self.emit_sample();
        self.emit_forward();
        self.emit_backward();
        self.emit_check();
        self.emit_update();
        self.emit_forward();
        let loss = self.values[self.graph.output()];
        self.body.then().local_get(LOSSES_OUT).local_get(loss).f64_store(at(0));
        self.emit_advance();
        self.body.then().end().end();
        for (place, parameter) in self.parameters().enumerate() {
            let value = self.values[parameter];
            self.body.then().local_get(WEIGHTS).local_get(value).f64_store(at(place));
        }
        self.body.then().local_get(self.taken);
    }

    /// Constants, parameters and the learning rate.
    fn emit_beginning(&mut self) {
        let first = self.graph.variables().len();
        for (place, &constant) in self.graph.constants().iter().enumerate() {
            self.body.then().f64_const(constant.into()).local_set(self.values[first + place]);
        }
        for (place, parameter) in self.parameters().enumerate() {
            let value = self.values[parameter];
            self.body.then().local_get(WEIGHTS).f64_load(at(place)).local_set(value);
        }
        self.body.then().local_get(RATES).f64_load(at(0)).local_set(self.rate);
    }

    /// Loads the numbers of the next sample.
    fn emit_sample(&mut self) {
        let bytes = 8 * self.inputs as i32;
        let mut sink = self.body.then();
        sink.local_get(ORDER).local_get(PLACE).i32_const(2).i32_shl().i32_add();
        sink.i32_load(MemArg { offset: 0, align: 2, memory_index: 0 });
        sink.i32_const(bytes).i32_mul().local_get(ROWS).i32_add().local_set(self.row);
        for input in 0..self.inputs {
            let value = self.values[input];
            self.body.then().local_get(self.row).f64_load(at(input)).local_set(value);
        }
    }

    fn emit_forward(&mut self) {
        for node in self.graph.leaves()..self.graph.len() {
            let at = self.operands(node);
            if let Some(operation) = self.graph.operation(node) {
                emit_value(&mut self.body, self.numbers, operation, at);
                self.body.then().local_set(at.y);
            }
        }
    }

    fn operands(&self, node: usize) -> Operands {
        let inputs = self.graph.inputs(node);
        let local = |place: usize| inputs.get(place).map_or(0, |&input| self.values[input as usize]);
        Operands { a: local(0), b: local(inputs.len().saturating_sub(1)), y: self.values[node] }
    }

    fn emit_backward(&mut self) {
        self.gradients = vec![None; self.graph.len()];
        self.gradients[self.graph.output()] = Some(Gradient::One);
        for node in (self.graph.leaves()..self.graph.len()).rev() {
            let Some(upstream) = self.gradients[node] else { continue };
            for place in 0..self.graph.passing(node).len() {
                let input = self.graph.passing(node)[place] as usize;
                if self.needed[input] {
                    self.emit_share(node, place, upstream);
                    self.emit_sum(input);
                }
            }
        }
    }

    /// Leaves an input's share of the gradient on the stack: upstream times local.
    fn emit_share(&mut self, node: usize, place: usize, upstream: Gradient) {
        let at = self.operands(node);
        let Some(operation) = self.graph.operation(node) else { return };
        let body = &mut self.body;
        match (operation, place, upstream) {
            (Operation::Identity | Operation::Add, ..) | (Operation::Subtract, 0, _) => emit_gradient(body, upstream),
            (Operation::Negate, ..) | (Operation::Subtract, ..) => {
                emit_gradient(body, upstream);
                body.then().f64_neg();
            }
            (Operation::Multiply, _, Gradient::One) => {
                body.then().local_get(if place == 0 { at.b } else { at.a });
            }
            (Operation::Multiply, ..) => {
                emit_gradient(body, upstream);
                body.then().local_get(if place == 0 { at.b } else { at.a }).f64_mul();
            }
            (_, _, Gradient::One) => emit_derivative(body, self.numbers, operation, place, at),
            _ => {
                emit_gradient(body, upstream);
                emit_derivative(body, self.numbers, operation, place, at);
                body.then().f64_mul();
            }
        }
    }

    /// Adds what is on the stack to a node's gradient; the first share is the gradient so far.
    fn emit_sum(&mut self, node: usize) {
        let local = match self.gradients[node] {
            Some(Gradient::Local(local)) => {
                self.body.then().local_set(self.share).local_get(local).local_get(self.share).f64_add();
                local
            }
            _ => self.body.local(ValType::F64),
        };
        self.body.then().local_set(local);
        self.gradients[node] = Some(Gradient::Local(local));
    }

    /// Leaves the loop before a step whose gradient is not finite.
    fn emit_check(&mut self) {
        for parameter in self.parameters() {
            if let Some(Gradient::Local(local)) = self.gradients[parameter] {
                self.body.then().local_get(local).local_get(local).f64_sub().f64_const(0.0.into()).f64_ne().br_if(1);
            }
        }
    }

    fn emit_update(&mut self) {
        for (place, parameter) in self.parameters().enumerate() {
            let (gradient, value) = (self.gradients[parameter], self.values[parameter]);
            let body = &mut self.body;
            body.then().local_get(GRADIENTS_OUT);
            emit_parameter_gradient(body, gradient);
            body.then().f64_store(at(place));
            body.then().local_get(value).local_get(self.rate);
            emit_parameter_gradient(body, gradient);
            body.then().f64_mul().f64_sub().local_set(value);
            body.then().local_get(WEIGHTS_OUT).local_get(value).f64_store(at(place));
        }
    }

    /// On to the next step, and at the end of an epoch to the next order and learning rate.
    fn emit_advance(&mut self) {
        let bytes = 8 * self.parameters().len() as i32;
        for (address, by) in
            [(GRADIENTS_OUT, bytes), (WEIGHTS_OUT, bytes), (LOSSES_OUT, 8), (PLACE, 1), (self.taken, 1)]
        {
            self.body.then().local_get(address).i32_const(by).i32_add().local_set(address);
        }
        let mut sink = self.body.then();
        sink.local_get(self.taken).local_get(STEPS).i32_ge_u().br_if(1);
        sink.local_get(PLACE).local_get(SAMPLES).i32_lt_u().br_if(0);
        sink.i32_const(0).local_set(PLACE);
        sink.local_get(ORDER).local_get(ORDER_STRIDE).i32_add().local_set(ORDER);
        sink.local_get(RATES).i32_const(8).i32_add().local_tee(RATES).f64_load(at(0)).local_set(self.rate);
        sink.br(0);
    }
}

fn emit_gradient(body: &mut Body, gradient: Gradient) {
    match gradient {
        Gradient::One => body.then().f64_const(1.0.into()),
        Gradient::Local(local) => body.then().local_get(local),
    };
}

/// A parameter that the loss does not depend on keeps the sum of nothing, which is -0.
fn emit_parameter_gradient(body: &mut Body, gradient: Option<Gradient>) {
    match gradient {
        Some(gradient) => emit_gradient(body, gradient),
        None => {
            body.then().f64_const((-0.0).into());
        }
    }
}

/// The place of a double after an address.
fn at(place: usize) -> MemArg {
    MemArg { offset: 8 * place as u64, align: 3, memory_index: 0 }
}
