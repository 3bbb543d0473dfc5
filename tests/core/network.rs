//! What can be read from a network, and what becomes of one that fails.

use downhill::autodiff::engine::{Interpreter, Precision};
use downhill::learn::{Column, Data, Initial, Network, Optimizer, Parameter, Plan};

use crate::support::{close, program};

const MODEL: &str = "h = maxpool(relu(conv(picture, K, padding=1)), 2)\n\
                     scores = W @ reshape(h, -1) + b\n\
                     loss = cross_entropy(scores, label)";
const SAMPLES: usize = 7;
const PIXELS: usize = 16;

fn wave(count: usize, shift: f64) -> Vec<f64> {
    (0..count).map(|place| (1.7 * place as f64 + shift).sin()).collect()
}

fn network(optimizer: &str) -> Network<Interpreter> {
    let parameter = |name: &str, shape: &[usize], shift: f64| Initial {
        parameter: Parameter { name: name.to_owned(), shape: shape.to_vec() },
        values: wave(shape.iter().product(), shift),
    };
    let pictures = Column { name: "picture".to_owned(), values: wave(SAMPLES * PIXELS, 0.3), shape: vec![1, 4, 4] };
    let labels = Column::numbers("label", [0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0]);
    let plan = Plan {
        samples: 5,
        batch: 2,
        optimizer: Optimizer::named(optimizer, &[]).unwrap(),
        shuffle: None,
        precision: Precision::Double,
        lanes: 4,
    };
    let initial = [parameter("K", &[2, 1, 3, 3], 0.1), parameter("W", &[3, 8], 0.5), parameter("b", &[3], 0.9)];
    let data = Data::new(vec![pictures, labels]).unwrap();
    Network::new(program(MODEL), &data, &initial, plan, Interpreter::new).unwrap()
}

/// The gradient of a named tensor of a sample.
fn gradient(network: &mut Network<Interpreter>, name: &str, sample: u32) -> Vec<f64> {
    let nodes = network.see(sample, Interpreter::new).unwrap();
    let node = nodes.iter().find(|node| node.name.as_deref() == Some(name) || node.label == name);
    node.and_then(|node| node.gradient.clone()).unwrap()
}

#[test]
fn lines_are_read_for_many_samples_at_once() {
    let mut network = network("sgd");
    for name in ["h", "scores", "loss"] {
        let all: Vec<u32> = (0..SAMPLES as u32).rev().collect();
        let expected: Vec<f64> =
            all.iter().flat_map(|&sample| network.inspect(name, sample).unwrap().unwrap().values).collect();
        assert_eq!(network.read(name, &all).unwrap().unwrap(), expected, "{name}");
    }
    assert_eq!(network.read("nothing", &[0]).unwrap(), None);
}

#[test]
fn what_is_seen_is_what_the_passes_compute() {
    let mut network = network("sgd");
    network.step(0.1).unwrap();
    for sample in 0..SAMPLES as u32 {
        for name in ["K", "W", "b", "h", "scores"] {
            let inspected = network.inspect(name, sample).unwrap().unwrap().gradients.unwrap();
            let seen = gradient(&mut network, name, sample);
            assert!(seen.iter().zip(&inspected).all(|(a, b)| close(*a, *b, 1e-14)), "{name}: {seen:?}, {inspected:?}");
        }
    }
}

#[test]
fn the_gradient_by_the_picture_is_that_of_differences() {
    let (mut network, sample, by) = (network("sgd"), 6, 1e-5);
    let picture = wave(PIXELS, 2.0);
    let loss = |network: &mut Network<Interpreter>, picture: &[f64]| {
        network.put(sample, &[picture, &[1.0]].concat());
        network.mean_loss(&[sample]).unwrap()
    };
    loss(&mut network, &picture);
    let gradients = gradient(&mut network, "picture", sample);
    for (pixel, &gradient) in gradients.iter().enumerate() {
        let moved =
            |by: f64| picture.iter().enumerate().map(move |(place, own)| own + if place == pixel { by } else { 0.0 });
        let [above, below] = [by, -by].map(|by| loss(&mut network, &moved(by).collect::<Vec<_>>()));
        let difference = (above - below) / (2.0 * by);
        assert!(close(gradient, difference, 1e-8), "pixel {pixel}: {gradient}, {difference}");
    }
}

#[test]
fn a_step_without_a_finite_result_leaves_the_last_good_parameters() {
    for optimizer in ["sgd", "adam"] {
        let mut network = network(optimizer);
        let all: Vec<u32> = (0..5).collect();
        network.step(0.1).unwrap();
        let good = network.weights().to_vec();
        // The step is taken, and the next loss is no number.
        network.step(1e300).unwrap();
        assert!(network.step(0.1).unwrap().is_nan(), "{optimizer}");
        assert_eq!(network.weights(), good, "{optimizer}");
        assert!(network.step(0.1).unwrap().is_finite() && network.mean_loss(&all).unwrap().is_finite());
    }
}

#[test]
fn parameters_that_are_loaded_train_as_they_did_before() {
    let (mut first, mut second) = (network("adam"), network("adam"));
    let initial = first.weights().to_vec();
    // An epoch has three steps, so that both take the same samples next.
    (0..3).for_each(|_| assert!(first.step(0.1).unwrap() > 0.0));
    first.load(&initial);
    assert_eq!(first.step(0.1).unwrap(), second.step(0.1).unwrap());
    assert_eq!(first.weights(), second.weights());
}

#[test]
fn only_the_first_samples_are_trained_with() {
    let (mut one, mut other) = (network("sgd"), network("sgd"));
    (5..7).for_each(|sample| other.put(sample, &[wave(PIXELS, 9.0), vec![0.0]].concat()));
    for _ in 0..9 {
        assert_eq!(one.step(0.1).unwrap(), other.step(0.1).unwrap());
    }
    assert_eq!((one.epochs(), one.weights()), (3, other.weights()));
}

#[test]
fn only_selected_samples_are_trained_with() {
    let (mut one, mut other) = (network("sgd"), network("sgd"));
    for sample in [0, 2, 4] {
        other.put(sample, &[wave(PIXELS, 9.0), vec![0.0]].concat());
    }
    one.select(&[6, 1, 5]);
    other.select(&[6, 1, 5]);
    for _ in 0..4 {
        assert_eq!(one.step(0.1).unwrap(), other.step(0.1).unwrap());
    }
    assert_eq!((one.epochs(), one.weights()), (2, other.weights()));
    one.select(&[]);
    assert_eq!(one.step(0.1).unwrap(), other.step(0.1).unwrap());
}
