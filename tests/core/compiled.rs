//! Compiled statements against interpreted ones, bit for bit.

use downhill::autodiff::engine::compile::{
    IMPORTS, MAX_STRAIGHT, compile, compile_descent, compile_runs, derivative, full_lanes, value,
};
use downhill::autodiff::engine::{Interpreter, Layout, Lowered, Machine, Precision, lower};
use downhill::autodiff::tensor::TensorGraph;
use downhill::formula::Program;
use downhill::learn::{
    Atlas, Batch, Data, Epochs, LoopRuns, MachineCode, ManyRuns, Model, Optimizer, Schedule, Settings, Steps, Training,
    fates, train,
};
use proptest::prelude::*;
use wasmi::{Caller, Engine, Func, Instance, Linker, Memory, MemoryType, Module, Store};

use super::programs::{any_strange_tensors, any_tensors, not_finite};
use super::support::{any_program, cases, golden, model, program, record};

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

/// A module in memory of its own, which begins with some bytes at the address 64.
fn instance(module: &[u8], memory: &[u8]) -> (Store<()>, Memory, Instance) {
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
    (store, own, instance)
}

/// The memory after both passes of a compiled module.
fn run(module: &[u8], memory: &[u8]) -> Vec<u8> {
    let (mut store, own, instance) = instance(module, memory);
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
    if let Some(sample) = sample(source) {
        check_sample(&sample, source, precision, lanes, is_shared);
    }
}

#[track_caller]
fn check_sample(sample: &Sample, source: &str, precision: Precision, lanes: usize, is_shared: bool) {
    let shared = if is_shared { sample.lowered.leaves.clone() } else { Vec::new() };
    let layout = Layout::new(&sample.lowered.code, lanes, &shared);
    let mut machine = machine(sample, &layout, precision);
    let before = bytes_of(machine.memory(), precision);
    let module = compile(&sample.lowered.code, &layout, precision);
    machine.run(&sample.lowered.code.statements).unwrap();
    let expected = bits(&bytes_of(machine.memory(), precision), precision);
    machine.run(&sample.lowered.code.statements).unwrap();
    let again = bits(&bytes_of(machine.memory(), precision), precision);
    assert!(
        again == expected,
        "{source} ({precision:?}, {lanes} lanes): the second passes begin with what the first left"
    );
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

/// The value of a function of one number in singles.
fn single(function: &str, number: f64) -> f64 {
    let lowered = lower(&Program::parse(&format!("{function}(x)")).unwrap(), &[("x", Vec::new())]).unwrap();
    let layout = Layout::new(&lowered.code, 1, &[]);
    let mut machine = Machine::new(&lowered.code, &layout, Precision::Single);
    machine.set(lowered.leaves[0], 0, &[number]);
    machine.run(&lowered.code.statements).unwrap();
    machine.values(lowered.output, 0).next().unwrap()
}

#[track_caller]
fn check_single(function: &str, number: f64, value: f64) {
    let (found, expected) = (single(function, number), f64::from(value as f32));
    let is_close = found == expected || (found - expected).abs() <= 1.2e-7 * expected.abs();
    assert!(is_close || (found.is_nan() && expected.is_nan()), "{function}({number}) is {found}, not {expected}");
}

#[test]
fn functions_of_singles_have_all_digits_of_a_single() {
    let text = golden("functions.tsv");
    let mut count = 0;
    for row in text.lines().map(|line| line.split('\t').collect::<Vec<_>>()) {
        let [number, value] = [row[1], row[2]].map(|cell| cell.parse::<f64>().unwrap_or(f64::NAN));
        if ["exp", "tanh", "sigmoid"].contains(&row[0]) && f64::from(number as f32) == number {
            check_single(row[0], number, value);
            count += 1;
        }
    }
    assert!(count > 20, "{count} rows were compared");
}

#[test]
fn extreme_singles_have_the_bits_of_the_interpreter() {
    for function in ["exp", "tanh", "sigmoid"] {
        let numbers = "[1e300, -1e300, 88.5, 89, -87, -103, -104, 0, -0, 0.019, 0.021, 20, 710]";
        let source = format!("x = {numbers}; y = {function}(x); sum(y)");
        for lanes in [1, 4] {
            check(&source, Precision::Single, lanes, false);
        }
    }
}

/// The memory of a call: arrays one after the other, then the numbers that the function is given.
#[derive(Default)]
struct Call(Vec<u8>);

impl Call {
    /// Adds bytes, and returns their address.
    fn put(&mut self, bytes: impl IntoIterator<Item = u8>) -> usize {
        let address = 64 + self.0.len();
        self.0.extend(bytes);
        self.0.resize(self.0.len().next_multiple_of(16), 0);
        address
    }

    fn doubles(&mut self, numbers: &[f64]) -> usize {
        self.put(numbers.iter().flat_map(|number| number.to_le_bytes()))
    }

    fn wholes(&mut self, numbers: &[u32]) -> usize {
        self.put(numbers.iter().flat_map(|number| number.to_le_bytes()))
    }

    /// Calls `train`, copies records back from their addresses, and returns the memory and where the numbers are.
    fn train(mut self, module: &[u8], numbers: &[usize], records: Vec<(&mut [f64], usize)>) -> (Vec<u8>, usize) {
        let numbers: Vec<u32> = numbers.iter().map(|&number| number as u32).collect();
        let address = self.wholes(&numbers);
        let (mut store, own, instance) = instance(module, &self.0);
        instance.get_typed_func::<i32, ()>(&store, "train").unwrap().call(&mut store, address as i32).unwrap();
        let bytes = own.data(&store).to_vec();
        for (record, address) in records {
            for (place, number) in record.iter_mut().enumerate() {
                *number = f64::from_le_bytes(bytes[address + 8 * place..][..8].try_into().unwrap());
            }
        }
        (bytes, address)
    }
}

/// The compiled descent of a model, run by an interpreter of WebAssembly.
#[derive(Debug)]
struct Descent(Vec<u8>);

impl MachineCode for Descent {
    fn pass(&self, _: Batch<'_>) -> Option<f64> {
        None
    }

    fn take(&self, steps: Steps<'_>) -> Option<usize> {
        let mut call = Call::default();
        let (rows, order, rates) = (call.doubles(steps.rows), call.wholes(steps.order), call.doubles(steps.rates));
        let (parameters, gradients) = (call.doubles(steps.parameters), call.doubles(steps.gradients));
        let (weights, losses) = (call.doubles(steps.weights), call.doubles(steps.losses));
        let places = [steps.samples, steps.place, steps.losses.len()];
        let numbers =
            [&[rows, order, 4 * steps.stride, rates], &places[..], &[parameters, gradients, weights, losses, 0]]
                .concat();
        let records = vec![
            (steps.parameters, parameters),
            (steps.gradients, gradients),
            (steps.weights, weights),
            (steps.losses, losses),
        ];
        let (bytes, address) = call.train(&self.0, &numbers, records);
        Some(u32::from_le_bytes(bytes[address + 44..][..4].try_into().unwrap()) as usize)
    }
}

/// The compiled runs of a model, run by an interpreter of WebAssembly.
struct Many(Vec<u8>);

impl ManyRuns for Many {
    fn take(&mut self, epochs: Epochs<'_>) {
        let mut call = Call::default();
        let (rows, order) = (call.doubles(epochs.rows), call.wholes(epochs.order));
        let (factors, rates) = (call.doubles(epochs.factors), call.doubles(epochs.rates));
        let (parameters, sums) = (call.doubles(epochs.parameters), call.doubles(epochs.sums));
        let numbers =
            [rows, order, 4 * epochs.stride, factors, epochs.factors.len(), epochs.samples, parameters, rates, sums];
        call.train(&self.0, &numbers, vec![(epochs.parameters, parameters), (epochs.sums, sums)]);
    }
}

#[test]
fn compiled_runs_have_the_fates_of_interpreted_ones() {
    let data: [(&str, &[f64]); 2] = [("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])];
    for source in [
        "y_hat = x*w\ns = y_hat - y\nloss = s^2",
        "loss = (w*x + b - y)^2",
        "loss = log(1 + exp(-y*w*x)) + 0.1*w^2 + 0*b",
    ] {
        let model = model(source, &data);
        let atlas = Atlas { rates: (1e-3, 2.0), starts: (-5.0, 5.0), axis: 0, size: (17, 9) };
        let mut code = Many(compile_runs(model.graph(), model.inputs().len()));
        let mut loops = LoopRuns::of(&model, Optimizer::default(), 8, Interpreter::new).unwrap();
        let plain = Settings::new(&model, 0.01, 21.0, &[]).unwrap();
        for settings in [plain.clone(), plain.clone().with_shuffle(3), plain.with_schedule(Schedule::Cosine)] {
            let run = train(&model, &settings);
            let compiled = fates(&model, &run, &atlas, 0.05, 0..17 * 9, &mut code);
            let interpreted = fates(&model, &run, &atlas, 0.05, 0..17 * 9, &mut loops);
            assert_eq!(format!("{compiled:?}"), format!("{interpreted:?}"), "{source}");
        }
    }
}

#[track_caller]
fn check_descent(model: &Model, settings: &Settings, part: usize) {
    let code = Descent(compile_descent(model.graph(), model.inputs().len()));
    let mut training = Training::with_code(model, settings, Some(code), Some(train(model, settings)));
    while training.progress().0 < training.progress().1 {
        training.advance(model, part);
    }
    let (run, expected) = (training.finish(model), train(model, settings));
    assert_eq!(record(&run), record(&expected), "{}", model.program());
    assert_eq!((run.steps(), run.diverged()), (expected.steps(), expected.diverged()));
}

#[test]
fn a_compiled_descent_has_the_bits_of_the_interpreted_one() {
    let data: [(&str, &[f64]); 2] = [("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])];
    for source in [
        "y_hat = x*w\ns = y_hat - y\nloss = s^2",
        "loss = (w*x + b - y)^2",
        "loss = log(1 + exp(-y*w*x)) + 0.1*w^2",
        "loss = x + w*0",
        "loss = w1*w2*x - y",
    ] {
        let model = model(source, &data);
        for rate in [0.01, 0.3, 5.0, 1e200] {
            let settings = |settings: Settings| check_descent(&model, &settings, 7);
            let plain = Settings::new(&model, rate, 40.0, &[]).unwrap();
            settings(plain.clone());
            settings(plain.clone().with_shuffle(5));
            settings(plain.with_schedule(Schedule::Cosine));
        }
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn a_random_descent_too(program in any_program(), rate in 0.001..0.5_f64, numbers in prop::array::uniform3(-2.0..2.0)) {
        let columns: [(&str, &[f64]); 1] = [("x", &numbers)];
        let source = program.to_string();
        prop_assume!(program.free_names().iter().any(|name| *name != "x") && !program.lines().iter().any(|line| line.name() == "x"));
        let model = model(&source, &columns);
        prop_assume!(model.graph().len() <= MAX_STRAIGHT);
        check_descent(&model, &Settings::new(&model, rate, 5.0, &[]).unwrap(), 4);
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn random_programs_of_tensors_too(source in any_tensors(), is_double in any::<bool>(), lanes in 0..3_usize, is_shared in any::<bool>()) {
        let precision = if is_double { Precision::Double } else { Precision::Single };
        check(&source, precision, [1, 4, full_lanes(precision)][lanes], is_shared);
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn numbers_that_are_not_finite_too(source in any_strange_tensors(), is_double in any::<bool>(), is_one in any::<bool>()) {
        let precision = if is_double { Precision::Double } else { Precision::Single };
        check(&source, precision, if is_one { 1 } else { full_lanes(precision) }, false);
    }
}

#[test]
fn a_million_elements_have_the_bits_of_the_interpreter() {
    let program = program("sum(x*x) - sum(max(x, axis=0))");
    let mut lowered = lower(&program, &[("x", vec![1_000, 1_000])]).unwrap();
    let seed = lowered.code.differentiate(lowered.output, &lowered.leaves.clone()).unwrap();
    let values = vec![(0..1_000_000).map(|place| f64::from(place % 1_013) / 100.0).collect()];
    check_sample(&Sample { lowered, seed, values }, "a million", Precision::Double, 1, false);
}

/// Code that chooses a row or a class by a number stops where the interpreter has its message.
#[track_caller]
fn check_trap(source: &str, number: f64, message: &str) {
    let lowered = lower(&program(source), &[("t", vec![3]), ("i", Vec::new())]).unwrap();
    let layout = Layout::new(&lowered.code, 1, &[]);
    for precision in [Precision::Double, Precision::Single] {
        let mut machine = Machine::new(&lowered.code, &layout, precision);
        machine.set(lowered.leaves[1], 0, &[number]);
        let before = bytes_of(machine.memory(), precision);
        assert_eq!(machine.run(&lowered.code.statements).unwrap_err().kind().to_string(), message);
        let (mut store, _, instance) = instance(&compile(&lowered.code, &layout, precision), &before);
        let forward = instance.get_typed_func::<i32, ()>(&store, "forward").unwrap();
        assert!(forward.call(&mut store, 64).is_err(), "{source} at {number} in {precision:?}");
    }
}

#[test]
fn a_place_that_is_none_stops_both() {
    for (number, name) in
        [(3.0, "3"), (-1.0, "-1"), (0.5, "0.5"), (f64::NAN, "nan"), (f64::INFINITY, "inf"), (-f64::INFINITY, "-inf")]
    {
        let message = format!("{name} is no place here: places are whole numbers from 0 to 2");
        check_trap("embedding(t, i)", number, &message);
        check_trap("embedding(t, [0, 1, i])[2]", number, &message);
        check_trap("cross_entropy(t, i)", number, &message);
    }
}

/// A model whose parameters are the leaves of a program, and their numbers.
fn model_of(source: &str) -> Option<(Model, Vec<f64>)> {
    let graph = TensorGraph::new(&program(source), &[]).unwrap();
    let leaves = graph.nodes().iter().enumerate().filter(|(_, node)| node.leaf);
    let shapes: Vec<(&str, Vec<usize>)> =
        leaves.clone().map(|(_, node)| (node.name.as_str(), node.tensor.shape.clone())).collect();
    let lines: Vec<&str> =
        source.split("; ").zip(graph.nodes()).filter(|(_, node)| !node.leaf).map(|(line, _)| line).collect();
    let data = Data::new(Vec::new()).unwrap();
    let model = Model::with_shapes(program(&lines.join("; ")), data, &shapes).ok()?;
    let numbers = model.tensors().iter().flat_map(|tensor| {
        let (place, _) = leaves.clone().find(|(_, node)| node.name == tensor.name).unwrap();
        graph.value(place)
    });
    let numbers = numbers.collect();
    Some((model, numbers))
}

proptest! {
    #![proptest_config(cases(300))]

    /// The scalar graph of a program of tensors as one function.
    #[test]
    fn a_descent_of_tensors_too(source in any_tensors(), rate in 0.001..0.1_f64) {
        let Some((model, numbers)) = model_of(&source) else { return Ok(()) };
        prop_assume!(model.graph().len() <= MAX_STRAIGHT);
        let names = model.parameters().to_vec();
        let init: Vec<(&str, f64)> = names.iter().map(String::as_str).zip(numbers).collect();
        check_descent(&model, &Settings::new(&model, rate, 4.0, &init).unwrap(), 3);
    }
}

/// Every operation with numbers that are not finite.
#[test]
fn numbers_that_are_not_finite_go_the_same_way() {
    for source in not_finite() {
        for precision in [Precision::Double, Precision::Single] {
            check(&source, precision, full_lanes(precision), false);
        }
    }
}

/// A convolution with its loss, and the shapes of its leaves.
#[derive(Clone, Debug)]
struct Convolution {
    source: String,
    leaves: [(&'static str, Vec<usize>); 2],
}

impl Convolution {
    fn new(rank: usize, size: usize, window: usize, stride: usize, padding: usize) -> Self {
        let sides = |size: usize| vec![size; rank];
        Self {
            source: format!("h = relu(conv(x, k, stride={stride}, padding={padding})); loss = mean(h*h)"),
            leaves: [("x", [vec![2], sides(size)].concat()), ("k", [vec![3, 2], sides(window)].concat())],
        }
    }

    /// The passes with sums in any order, or in that of the loops.
    fn sample(&self, is_quick: bool) -> Sample {
        let mut lowered = lower(&program(&self.source), &self.leaves).unwrap();
        let seed = lowered.code.differentiate(lowered.output, &lowered.leaves.clone()).unwrap();
        if is_quick {
            lowered.code.gather();
            lowered.code.strand();
        }
        let wave = |(_, shape): &(&str, Vec<usize>)| {
            (0..shape.iter().product()).map(|place: usize| (1.7 * place as f64 + 0.3).sin()).collect()
        };
        Sample { lowered, seed, values: self.leaves.iter().map(wave).collect() }
    }

    /// The gradients of both leaves.
    fn gradients(&self, is_quick: bool) -> Vec<f64> {
        let sample = self.sample(is_quick);
        let code = &sample.lowered.code;
        let mut machine = machine(&sample, &Layout::new(code, 1, &[]), Precision::Double);
        machine.run(&code.statements).unwrap();
        let of = |&leaf: &usize| machine.values(code.gradients[leaf].unwrap(), 0).collect::<Vec<f64>>();
        sample.lowered.leaves.iter().flat_map(of).collect()
    }
}

#[track_caller]
fn check_convolution(convolution: &Convolution, precision: Precision) {
    for (sample, source) in [(convolution.sample(false), "in order"), (convolution.sample(true), "quick")] {
        let source = format!("{source}: {convolution:?}");
        check_sample(&sample, &source, precision, 1, false);
        check_sample(&sample, &source, precision, full_lanes(precision), false);
    }
    let (quick, expected) = (convolution.gradients(true), convolution.gradients(false));
    let largest = expected.iter().fold(1e-3, |largest: f64, number| largest.max(number.abs()));
    let differs = expected.iter().zip(&quick).find(|(a, b)| (*a - *b).abs() > 1e-12 * largest);
    assert_eq!(differs, None, "{convolution:?}");
}

/// Sides of whole strips, with a rest, and shorter than a strip; sums that are long enough for strands.
#[test]
fn sums_in_any_order_have_the_bits_of_the_interpreter_too() {
    for (rank, size, window, stride, padding) in
        [(2, 32, 3, 1, 1), (2, 48, 3, 1, 1), (2, 33, 5, 1, 2), (2, 34, 2, 2, 0), (1, 1_024, 4, 1, 3), (2, 40, 1, 1, 0)]
    {
        let convolution = Convolution::new(rank, size, window, stride, padding);
        check_convolution(&convolution, Precision::Double);
        check_convolution(&convolution, Precision::Single);
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn random_convolutions_too(
        rank in 1..3_usize, size in 5..24_usize, window in 1..6_usize, stride in 1..4_usize, padding in 0..4_usize, is_double in any::<bool>(),
    ) {
        let precision = if is_double { Precision::Double } else { Precision::Single };
        check_convolution(&Convolution::new(rank, size, window, stride, padding), precision);
    }
}
