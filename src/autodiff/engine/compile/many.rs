//! Many runs of a small program side by side: each local is a vector of several runs.

use wasm_encoder::{BlockType, MemArg, ValType};

use super::body::Body;
use super::numbers::Numbers;
use super::pass::Pass;
use super::{PASS, finished};
use crate::autodiff::Graph;

/// Larger programs have too many locals for one function.
pub const MAX_MANY: usize = 200;

/// The runs that a call computes, and those that the locals hold at a time.
pub const RUNS: usize = 64;
const VECTORS: usize = 4;
const GROUP_BYTES: i32 = 16 * VECTORS as i32;
/// From one number of all runs to the next.
const RUN_BYTES: i32 = 8 * RUNS as i32;

/// The numbers that the function is given: addresses in bytes, but for two.
const ROWS: u32 = 1;
const ORDER: u32 = 2;
const ORDER_STRIDE: u32 = 3;
const FACTORS: u32 = 4;
const EPOCHS: u32 = 5;
const SAMPLES: u32 = 6;
const WEIGHTS: u32 = 7;
const RATES: u32 = 8;
const SUMS: u32 = 9;
const ARGUMENTS: u32 = 9;

/// Plain gradient descent of 64 runs that differ in their learning rates and parameters.
///
/// The module exports `train`. It takes the address of nine whole numbers: the addresses of the rows
/// of the samples and of their order, the bytes from one epoch's order to the next, the address of
/// what the learning rates are multiplied with in each epoch, the numbers of epochs and of samples,
/// and the addresses of the parameters, of the learning rates, and of the sums of the losses, each
/// before its step. The last three have a number for each run: parameters x 64, 64, and epochs x 64.
#[must_use]
pub fn compile_runs(graph: &Graph, inputs: usize) -> Vec<u8> {
    let mut many = Many::new(graph, inputs);
    many.emit();
    finished([("train", PASS, many.body)])
}

struct Many<'g> {
    graph: &'g Graph,
    inputs: usize,
    body: Body,
    passes: Vec<Pass<'g>>,
    rates: [u32; VECTORS],
    first_rates: [u32; VECTORS],
    sums: [u32; VECTORS],
    /// Where the group begins, and what moves along with epochs and samples.
    group: u32,
    order: u32,
    factor: u32,
    sum: u32,
    epoch: u32,
    place: u32,
    row: u32,
}

impl<'g> Many<'g> {
    fn new(graph: &'g Graph, inputs: usize) -> Self {
        let (mut body, numbers) = (Body::with_arguments(ARGUMENTS), Numbers::doubles());
        let mut passes: Vec<Pass<'g>> = Vec::with_capacity(VECTORS);
        for _ in 0..VECTORS {
            let pass = Pass::new(graph, inputs, numbers, &mut body, passes.first());
            passes.push(pass);
        }
        let [rates, first_rates, sums] = [(); 3].map(|()| [(); VECTORS].map(|()| body.local(ValType::V128)));
        let [group, order, factor, sum, epoch, place, row] = [(); 7].map(|()| body.local(ValType::I32));
        Self { graph, inputs, body, passes, rates, first_rates, sums, group, order, factor, sum, epoch, place, row }
    }

    fn emit(&mut self) {
        self.passes[0].emit_constants(&mut self.body);
        self.body.then().loop_(BlockType::Empty);
        self.emit_group();
        self.body.then().loop_(BlockType::Empty);
        self.emit_epoch();
        self.body.then().loop_(BlockType::Empty);
        self.emit_sample();
        self.body.then().local_get(self.place).i32_const(1).i32_add().local_tee(self.place);
        self.body.then().local_get(SAMPLES).i32_lt_u().br_if(0).end();
        self.emit_end_of_epoch();
        self.body.then().local_get(self.epoch).i32_const(1).i32_sub().local_tee(self.epoch).br_if(0).end();
        self.emit_parameters(false);
        self.body.then().local_get(self.group).i32_const(GROUP_BYTES).i32_add().local_tee(self.group);
        self.body.then().i32_const(RUN_BYTES).i32_lt_u().br_if(0).end();
    }

    /// Parameters and learning rates of the next runs.
    fn emit_group(&mut self) {
        self.emit_parameters(true);
        for (vector, &rate) in self.first_rates.iter().enumerate() {
            let mut sink = self.body.then();
            sink.local_get(RATES).local_get(self.group).i32_add().v128_load(at(vector, 0)).local_set(rate);
        }
        let mut sink = self.body.then();
        sink.local_get(ORDER).local_set(self.order).local_get(FACTORS).local_set(self.factor);
        sink.local_get(SUMS)
            .local_get(self.group)
            .i32_add()
            .local_set(self.sum)
            .local_get(EPOCHS)
            .local_set(self.epoch);
    }

    fn emit_parameters(&mut self, is_load: bool) {
        let address = self.row;
        self.body.then().local_get(WEIGHTS).local_get(self.group).i32_add().local_set(address);
        for (place, parameter) in (self.inputs..self.graph.variables().len()).enumerate() {
            for (vector, pass) in self.passes.iter().enumerate() {
                let (value, at) = (pass.values[parameter], at(vector, place));
                let mut sink = self.body.then();
                if is_load {
                    sink.local_get(address).v128_load(at).local_set(value);
                } else {
                    sink.local_get(address).local_get(value).v128_store(at);
                }
            }
        }
    }

    fn emit_epoch(&mut self) {
        for vector in 0..VECTORS {
            let (rate, first, sum) = (self.rates[vector], self.first_rates[vector], self.sums[vector]);
            let mut sink = self.body.then();
            sink.local_get(first).local_get(self.factor).v128_load64_splat(at(0, 0)).f64x2_mul().local_set(rate);
            sink.f64_const(0.0.into()).f64x2_splat().local_set(sum);
        }
        self.body.then().i32_const(0).local_set(self.place);
    }

    fn emit_sample(&mut self) {
        let mut sink = self.body.then();
        sink.local_get(self.order).local_get(self.place).i32_const(2).i32_shl().i32_add();
        sink.i32_load(MemArg { offset: 0, align: 2, memory_index: 0 });
        sink.i32_const(8 * self.inputs as i32).i32_mul().local_get(ROWS).i32_add().local_set(self.row);
        for input in 0..self.inputs {
            let (value, offset) = (self.passes[0].values[input], 8 * input as u64);
            let at = MemArg { offset, align: 3, memory_index: 0 };
            self.body.then().local_get(self.row).v128_load64_splat(at).local_set(value);
        }
        for (pass, &sum) in self.passes.iter_mut().zip(&self.sums) {
            pass.emit_forward(&mut self.body);
            self.body.then().local_get(sum).local_get(pass.output()).f64x2_add().local_set(sum);
        }
        for (pass, &rate) in self.passes.iter_mut().zip(&self.rates) {
            pass.emit_backward(&mut self.body);
            for parameter in self.inputs..self.graph.variables().len() {
                let value = pass.values[parameter];
                self.body.then().local_get(value).local_get(rate);
                pass.emit_gradient(&mut self.body, parameter);
                self.body.then().f64x2_mul().f64x2_sub().local_set(value);
            }
        }
    }

    /// Stores the sums, and moves to the next epoch.
    fn emit_end_of_epoch(&mut self) {
        for (vector, &sum) in self.sums.iter().enumerate() {
            self.body.then().local_get(self.sum).local_get(sum).v128_store(at(vector, 0));
        }
        let mut sink = self.body.then();
        sink.local_get(self.sum).i32_const(RUN_BYTES).i32_add().local_set(self.sum);
        sink.local_get(self.order).local_get(ORDER_STRIDE).i32_add().local_set(self.order);
        sink.local_get(self.factor).i32_const(8).i32_add().local_set(self.factor);
    }
}

/// The place of a vector, after so many numbers of all runs.
fn at(vector: usize, numbers: usize) -> MemArg {
    MemArg { offset: (16 * vector + RUN_BYTES as usize * numbers) as u64, align: 3, memory_index: 0 }
}
