//! A whole run of a small program of numbers as one function: every value and gradient is in a
//! local, and only the record of the run is written to memory.

use wasm_encoder::{BlockType, MemArg, ValType};

use super::body::Body;
use super::numbers::Numbers;
use super::pass::{Gradient, Pass};
use super::{PASS, finished};
use crate::autodiff::Graph;
use crate::autodiff::engine::Precision;

/// Larger programs have too many locals for one function, which may have 50,000.
pub const MAX_STRAIGHT: usize = 12_000;

/// The numbers that the function is given: addresses in bytes, but for three.
const ROWS: u32 = 1;
const ORDER: u32 = 2;
/// From the order of one epoch to that of the next.
const ORDER_STRIDE: u32 = 3;
const RATES: u32 = 4;
/// The number of samples, the place in the epoch, and the number of steps to take.
const SAMPLES: u32 = 5;
const PLACE: u32 = 6;
const STEPS: u32 = 7;
const WEIGHTS: u32 = 8;
const GRADIENTS_OUT: u32 = 9;
const WEIGHTS_OUT: u32 = 10;
const LOSSES_OUT: u32 = 11;
/// How many numbers the function is given; the number of steps is stored after them.
const ARGUMENTS: u32 = 11;

/// Plain gradient descent, one sample after the other, of a graph whose first `inputs` variables
/// are a sample's numbers, and whose other variables are the parameters.
///
/// The module exports `train`. It takes the address of eleven whole numbers: the addresses of the
/// rows of the samples and of their order, the bytes from one epoch's order to the next, the address
/// of the current epoch's learning rate, the number of samples, the place in the epoch, the number
/// of steps, and the addresses of the parameters and of the records of gradients, parameters and
/// losses. After them it stores how many steps it has taken: fewer if a gradient is not finite,
/// before that step.
#[must_use]
pub fn compile_descent(graph: &Graph, inputs: usize) -> Vec<u8> {
    let mut straight = Straight::new(graph, inputs);
    straight.emit();
    finished([("train", PASS, straight.body)])
}

struct Straight<'g> {
    graph: &'g Graph,
    inputs: usize,
    body: Body,
    pass: Pass<'g>,
    rate: u32,
    row: u32,
    taken: u32,
}

impl<'g> Straight<'g> {
    fn new(graph: &'g Graph, inputs: usize) -> Self {
        let mut body = Body::with_arguments(ARGUMENTS);
        let pass = Pass::new(graph, inputs, Numbers::new(Precision::Double, 1), &mut body, None);
        let (rate, row, taken) = (body.local(ValType::F64), body.local(ValType::I32), body.local(ValType::I32));
        Self { graph, inputs, body, pass, rate, row, taken }
    }

    fn parameters(&self) -> std::ops::Range<usize> {
        self.inputs..self.graph.variables().len()
    }

    fn emit(&mut self) {
        self.emit_beginning();
        // The outer block is left at a gradient that is not finite, the loop is passed for each step.
        self.body.then().block(BlockType::Empty).loop_(BlockType::Empty);
        self.emit_sample();
        self.pass.emit_forward(&mut self.body);
        self.pass.emit_backward(&mut self.body);
        self.emit_check();
        self.emit_update();
        self.pass.emit_forward(&mut self.body);
        self.body.then().local_get(LOSSES_OUT).local_get(self.pass.output()).f64_store(at(0));
        self.emit_advance();
        self.body.then().end().end();
        for (place, parameter) in self.parameters().enumerate() {
            let value = self.pass.values[parameter];
            self.body.then().local_get(WEIGHTS).local_get(value).f64_store(at(place));
        }
        let result = MemArg { offset: 4 * u64::from(ARGUMENTS), align: 2, memory_index: 0 };
        self.body.then().local_get(0).local_get(self.taken).i32_store(result);
    }

    /// Constants, parameters and the learning rate.
    fn emit_beginning(&mut self) {
        self.pass.emit_constants(&mut self.body);
        for (place, parameter) in self.parameters().enumerate() {
            let value = self.pass.values[parameter];
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
            let value = self.pass.values[input];
            self.body.then().local_get(self.row).f64_load(at(input)).local_set(value);
        }
    }

    /// Leaves the loop before a step whose gradient is not finite.
    fn emit_check(&mut self) {
        for parameter in self.parameters() {
            if let Some(Gradient::Local(local)) = self.pass.gradients[parameter] {
                self.body.then().local_get(local).local_get(local).f64_sub().f64_const(0.0.into()).f64_ne().br_if(1);
            }
        }
    }

    fn emit_update(&mut self) {
        for (place, parameter) in self.parameters().enumerate() {
            let (value, body) = (self.pass.values[parameter], &mut self.body);
            body.then().local_get(GRADIENTS_OUT);
            self.pass.emit_gradient(body, parameter);
            body.then().f64_store(at(place));
            body.then().local_get(value).local_get(self.rate);
            self.pass.emit_gradient(body, parameter);
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

/// The place of a double after an address.
fn at(place: usize) -> MemArg {
    MemArg { offset: 8 * place as u64, align: 3, memory_index: 0 }
}
