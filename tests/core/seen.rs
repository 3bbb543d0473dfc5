//! The operations of a program with their tensors, beside the scalar graph and the tensor graph.

use downhill::autodiff::Phase;
use downhill::autodiff::engine::{Interpreter, Source};
use downhill::autodiff::tensor::{Given, TensorGraph};
use downhill::formula::Program;
use downhill::learn::{Column, Data, Model, OperationPasses, SeenNode};

use crate::support::close;

/// A column of samples of this shape, and parameters with their shapes.
struct Case {
    program: &'static str,
    column: (&'static str, &'static [usize]),
    parameters: &'static [(&'static str, &'static [usize])],
}

const CASES: [Case; 4] = [
    Case { program: "loss = sum((W @ x)^2)", column: ("x", &[3]), parameters: &[("W", &[2, 3])] },
    Case {
        program: "h = tanh(W @ x + b)\nk = h*h + h\nloss = mean(reshape(k, 2, 2)[0]) + 3*sum(k[1:3])",
        column: ("x", &[3]),
        parameters: &[("W", &[4, 3]), ("b", &[4])],
    },
    Case {
        program: "h = maxpool(relu(conv(x, K, padding=1)), 2)\nloss = cross_entropy(V @ reshape(h, -1) + [1, 2, 3], 1)",
        column: ("x", &[1, 4, 4]),
        parameters: &[("K", &[2, 1, 3, 3]), ("V", &[3, 8])],
    },
    Case { program: "y = 2^w + w\nloss = y*max(x)", column: ("x", &[2]), parameters: &[("w", &[])] },
];

fn wave(count: usize, seed: f64) -> Vec<f64> {
    (0..count).map(|place| (seed + 1.7 * place as f64).sin()).collect()
}

fn count(shape: &[usize]) -> usize {
    shape.iter().product()
}

/// The model, the numbers of its sample, and those of its parameters.
fn made(case: &Case) -> (Model, Vec<f64>, Vec<Vec<f64>>) {
    let (name, shape) = case.column;
    let row = wave(count(shape), 0.3);
    let column = Column { shape: shape.to_vec(), ..Column::numbers(name, row.clone()) };
    let shapes: Vec<(&str, Vec<usize>)> = case.parameters.iter().map(|(name, shape)| (*name, shape.to_vec())).collect();
    let model = Model::with_shapes(Program::parse(case.program).unwrap(), Data::new(vec![column]).unwrap(), &shapes);
    let numbers = case.parameters.iter().zip(1..).map(|((_, shape), seed)| wave(count(shape), f64::from(seed)));
    (model.unwrap(), row, numbers.collect())
}

fn seen(model: &Model, row: &[f64], parameters: &[Vec<f64>]) -> Vec<SeenNode> {
    OperationPasses::of(model, Interpreter::new).unwrap().at(row, &parameters.concat()).to_vec()
}

fn same(found: &[f64], expected: &[f64], place: &str) {
    assert_eq!(found.len(), expected.len(), "{place}");
    assert!(found.iter().zip(expected).all(|(a, b)| close(*a, *b, 1e-12)), "{place}: {found:?} {expected:?}");
}

#[test]
fn leaves_have_the_gradients_of_the_scalar_graph() {
    for case in &CASES {
        let (model, row, parameters) = made(case);
        let nodes = seen(&model, &row, &parameters);
        let sweep = model.at(0, &parameters.concat());
        let leaves = nodes.iter().filter(|node| matches!(node.source, Source::Leaf(_)));
        let gradients = leaves.flat_map(|leaf| leaf.gradient.clone().unwrap_or(vec![0.0; leaf.value.len()]));
        let variables = model.graph().variables().len();
        let expected: Vec<f64> = sweep.gradients[..variables].iter().map(|gradient| gradient + 0.0).collect();
        same(&gradients.collect::<Vec<f64>>(), &expected, case.program);
        same(&nodes.last().unwrap().value, &[sweep.values[model.graph().output()]], case.program);
    }
}

#[test]
fn lines_have_the_values_and_gradients_of_the_tensor_graph() {
    for case in &CASES {
        let (model, row, parameters) = made(case);
        let names = case.parameters.iter().zip(&parameters);
        let leaves =
            names.map(|(&(name, shape), values)| (name, shape, values)).chain([(case.column.0, case.column.1, &row)]);
        let given: Vec<Given> = leaves
            .map(|(name, shape, values)| Given { name: name.to_owned(), shape: shape.to_vec(), values: values.clone() })
            .collect();
        let graph = TensorGraph::new(&Program::parse(case.program).unwrap(), &given).unwrap();
        for node in seen(&model, &row, &parameters).iter().filter(|node| node.name.is_some()) {
            let name = node.name.as_deref().unwrap();
            let place = graph.nodes().iter().position(|line| line.name == name).unwrap();
            same(&node.value, &graph.value(place), name);
            same(node.gradient.as_ref().unwrap(), &graph.gradient(place).unwrap(), name);
        }
    }
}

/// What comes back through all uses of a node adds up to its gradient.
#[test]
fn operations_stand_as_they_are_written() {
    let labels = |case: &Case| {
        let (model, row, parameters) = made(case);
        let nodes = seen(&model, &row, &parameters);
        nodes.into_iter().map(|node| (node.label, node.inputs.len())).collect::<Vec<_>>()
    };
    let check = |case: &Case, expected: &[(&str, usize)]| {
        let expected: Vec<(String, usize)> =
            expected.iter().map(|(label, inputs)| ((*label).to_owned(), *inputs)).collect();
        assert_eq!(labels(case), expected);
    };
    check(&CASES[0], &[("x", 0), ("W", 0), ("@", 2), ("( )²", 1), ("sum", 1)]);
    check(
        &CASES[2],
        &[
            ("x", 0),
            ("K", 0),
            ("V", 0),
            ("[ ]", 0),
            ("1", 0),
            ("conv", 2),
            ("relu", 1),
            ("maxpool", 1),
            ("reshape", 1),
            ("@", 2),
            ("+", 2),
            ("cross_entropy", 2),
        ],
    );
    check(&CASES[3], &[("x", 0), ("w", 0), ("2", 0), ("^", 2), ("+", 2), ("max", 1), ("×", 2)]);
}

#[test]
fn phases_are_those_of_the_operations() {
    let (model, ..) = made(&CASES[2]);
    let passes = OperationPasses::of(&model, Interpreter::new).unwrap();
    assert_eq!(passes.counts(), (7, 7));
    let phases = [0, 7, 8, 15, 16, usize::MAX].map(|place| Phase::at(place, passes.counts()));
    let expected =
        [Phase::Forward(0), Phase::Forward(7), Phase::Backward(0), Phase::Backward(7), Phase::Update, Phase::Update];
    assert_eq!(phases, expected);
}
