//! The time of one sample-step of the deck's program: written by hand, and through the graph.
//!
//! Prints lines of name, value and unit, separated by tabs.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Instant;

use downhill::autodiff::{Sweep, lower};
use downhill::formula::Program;
use downhill::learn::{Column, Data, Model, Settings, train};

const X: [f64; 3] = [1.0, 2.0, 3.0];
const Y: [f64; 3] = [2.0, 4.0, 6.0];
/// Short enough for the record to stay in the cache, as it does while a learner drags.
const EPOCHS: usize = 1_000;

fn main() {
    report("step: closed form, native", || by_hand(black_box(0.01), black_box(1.0)));
    let model = deck();
    let settings = Settings::new(&model, 0.01, EPOCHS as f64, &[]).unwrap();
    report("step: graph, native", || train(black_box(&model), black_box(&settings)).losses().len() as f64);
    [10, 100, 1_000, 10_000].into_iter().for_each(chain);
}

/// Nanoseconds for the two passes, for each node of a chain of products.
fn chain(nodes: usize) {
    let graph = lower(&Program::parse(&format!("w{}", "*x".repeat(nodes))).unwrap(), &[]);
    let mut sweep = Sweep::new(&graph);
    sweep.values[..2].fill(1.0);
    let repeats = 100_000 / nodes;
    let mut time = || {
        let start = Instant::now();
        for _ in 0..repeats {
            black_box(sweep.forward(&graph));
            sweep.backward(&graph);
        }
        start.elapsed().as_secs_f64() * 1e9 / (nodes * repeats) as f64
    };
    let mut times: Vec<f64> = (0..101).map(|_| time()).collect();
    times.sort_by(f64::total_cmp);
    println!("chain of {nodes}: both passes, native\t{:.3}\tns", times[times.len() / 2]);
}

/// The median time per step of several passes over the same work.
fn report(name: &str, work: impl Fn() -> f64) {
    let time = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64() * 1e9 / (EPOCHS * X.len()) as f64
    };
    let mut times: Vec<f64> = (0..501).map(|_| time()).collect();
    times.sort_by(f64::total_cmp);
    println!("{name}\t{:.3}\tns", times[times.len() / 2]);
}

/// The deck's loop with its record, as one would write it for this model alone.
fn by_hand(learning_rate: f64, mut w: f64) -> f64 {
    let steps = EPOCHS * X.len();
    let (mut weights, mut gradients, mut losses) =
        (Vec::with_capacity(steps), Vec::with_capacity(steps), Vec::with_capacity(steps));
    for _ in 0..EPOCHS {
        for (x, y) in X.into_iter().zip(Y) {
            let gradient = 2.0 * x * (x * w - y);
            w -= learning_rate * gradient;
            let error = x * w - y;
            gradients.push(gradient);
            weights.push(w);
            losses.push(error * error);
        }
    }
    black_box((weights, gradients, losses)).2[steps - 1]
}

fn deck() -> Model {
    let column = |name: &str, values: [f64; 3]| Column::numbers(name, values);
    let data = Data::new(vec![column("x", X), column("y", Y)]).unwrap();
    Model::new(Program::parse("y_hat = x*w\ns = y_hat - y\nloss = s^2").unwrap(), data).unwrap()
}
