//! Compiled statements against interpreted ones, bit for bit.

use downhill::autodiff::engine::compile::{IMPORTS, compile, derivative, full_lanes, value};
use downhill::autodiff::engine::{Layout, Lowered, Machine, Precision, lower};
use downhill::autodiff::tensor::TensorGraph;
use downhill::formula::Program;
use wasmi::{Caller, Engine, Func, Linker, Memory, MemoryType, Module, Store};

use super::support::golden;

/// A program of which the lines without names are leaves, with their numbers.
struct Sample {
    lowered: Lowered,
    seed: usize,
    values: Vec<Vec<f64>>,
}

fn sample(source: &str) -> Option<Sample> {
    let graph = TensorGraph::new(&Program::parse(source).unwrap(), &[]).unwrap();
    let is_leaf = |place: &usize| graph.nodes()[*place].leaf;
    let leaves: Vec<usize> = (0..graph.nodes().len()).filter(is_leaf).collect();
    let lines: Vec<&str> =
        source.split("; ").enumerate().filter(|(place, _)| !is_leaf(place)).map(|(_, line)| line).collect();
    let shapes: Vec<(&str, Vec<usize>)> = leaves
        .iter()
        .map(|&leaf| (graph.nodes()[leaf].name.as_str(), graph.nodes()[leaf].tensor.shape.clone()))
        .collect();
    let mut lowered = lower(&Program::parse(&lines.join("; ")).unwrap(), &shapes).unwrap();
    let seed = lowered.code.differentiate(lowered.output, &lowered.leaves.clone())?;
    let values = leaves.iter().map(|&leaf| graph.value(leaf)).collect();
    Some(Sample { lowered, seed, values })
}

/// The number of a leaf in a lane: whole numbers may be labels, and stay.
fn in_lane(number: f64, lane: usize) -> f64 {
    if number.fract() == 0.0 { number } else { number * (1.0 + lane as f64 / 16.0) }
}

fn machine(sample: &Sample, layout: &Layout, precision: Precision) -> Machine {
    let mut machine = Machine::new(&sample.lowered.code, layout, precision);
    for lane in 0..layout.lanes {
        for (&leaf, values) in sample.lowered.leaves.iter().zip(&sample.values) {
            let values: Vec<f64> = values.iter().map(|&number| in_lane(number, lane)).collect();
            machine.set(leaf, lane, &values);
        }
        machine.set(sample.seed, lane, &[1.0]);
    }
    machine
}

fn bytes_of(memory: &[f64], precision: Precision) -> Vec<u8> {
    match precision {
        Precision::Double => memory.iter().flat_map(|number| number.to_le_bytes()).collect(),
        Precision::Single => memory.iter().flat_map(|number| (*number as f32).to_le_bytes()).collect(),
    }
}

/// The memory after both passes of a compiled module.
fn run(module: &[u8], memory: &[u8]) -> Vec<u8> {
    let engine = Engine::default();
    let mut store = Store::new(&engine, ());
    let pages = u32::try_from(memory.len() / 65_536 + 2).unwrap();
    let own = Memory::new(&mut store, MemoryType::new(pages, None)).unwrap();
    own.write(&mut store, 64, memory).unwrap();
    let mut linker = Linker::new(&engine);
    let calls_value =
        Func::wrap(&mut store, |_: Caller<'_, ()>, number: i32, a: f64, b: f64| value(number as u32, a, b));
    let calls_derivative = Func::wrap(&mut store, |_: Caller<'_, ()>, number: i32, by: i32, a: f64, b: f64, y: f64| {
        derivative(number as u32, by as u32, a, b, y)
    });
    linker.define(IMPORTS, "memory", own).unwrap();
    linker.define(IMPORTS, "value", calls_value).unwrap();
    linker.define(IMPORTS, "derivative", calls_derivative).unwrap();
    let module = Module::new(&engine, module).unwrap();
    let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
    for pass in ["forward", "backward"] {
        instance.get_typed_func::<i32, ()>(&store, pass).unwrap().call(&mut store, 64).unwrap();
    }
    own.data(&store)[64..64 + memory.len()].to_vec()
}

/// Numbers as bits, with one NaN for all: machines choose the bits of a NaN as they like.
fn bits(bytes: &[u8], precision: Precision) -> Vec<u64> {
    let of = |number: f64| if number.is_nan() { u64::MAX } else { number.to_bits() };
    match precision {
        Precision::Double => bytes.chunks(8).map(|bytes| of(f64::from_le_bytes(bytes.try_into().unwrap()))).collect(),
        Precision::Single => {
            bytes.chunks(4).map(|bytes| of(f64::from(f32::from_le_bytes(bytes.try_into().unwrap())))).collect()
        }
    }
}

#[track_caller]
fn check(source: &str, precision: Precision, lanes: usize, is_shared: bool) {
    let Some(sample) = sample(source) else { return };
    let shared = if is_shared { sample.lowered.leaves.clone() } else { Vec::new() };
    let layout = Layout::new(&sample.lowered.code, lanes, &shared);
    let mut machine = machine(&sample, &layout, precision);
    let before = bytes_of(machine.memory(), precision);
    let module = compile(&sample.lowered.code, &layout, precision);
    machine.run(&sample.lowered.code.statements).unwrap();
    let expected = bits(&bytes_of(machine.memory(), precision), precision);
    let found = bits(&run(&module, &before), precision);
    let differs = (0..expected.len()).find(|&place| expected[place] != found[place]);
    assert_eq!(
        differs.map(|place| (place, expected[place], found[place])),
        None,
        "{source} ({precision:?}, {lanes} lanes, shared: {is_shared})"
    );
}

#[test]
fn compiled_code_has_the_bits_of_the_interpreter() {
    let text = golden("tensors.txt");
    for (number, source) in
        text.split("\n\n").filter_map(|block| block.lines().next()).filter(|line| !line.is_empty()).enumerate()
    {
        check(source, Precision::Double, 1, false);
        match number % 4 {
            0 => check(source, Precision::Double, full_lanes(Precision::Double), true),
            1 => check(source, Precision::Single, full_lanes(Precision::Single), false),
            2 => check(source, Precision::Single, 4, true),
            _ => check(source, Precision::Single, 1, false),
        }
    }
}
