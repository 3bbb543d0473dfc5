//! Batches in loops against the graph, bit for bit.

use std::cell::RefCell;

use downhill::autodiff::engine::Interpreter;
use downhill::learn::{Batch, Batches, MachineCode, Model, Optimizer, Settings, Steps, Training, train};
use proptest::prelude::*;

use crate::support::{any_program, cases, model, record};

/// Batches in an interpreter of loops, with so many lanes.
#[derive(Debug)]
struct Loops(RefCell<Batches<Interpreter>>);

impl Loops {
    fn of(model: &Model, lanes: usize) -> Self {
        Self(RefCell::new(Batches::of(model, lanes, Interpreter::new).unwrap()))
    }
}

impl MachineCode for Loops {
    fn take(&self, _: Steps<'_>) -> Option<usize> {
        None
    }

    fn pass(&self, Batch { parameters, samples, seed, sum, gradients }: Batch<'_>) -> Option<f64> {
        let mut batches = self.0.borrow_mut();
        batches.load_parameters(parameters);
        let pays = !gradients.is_empty();
        if pays { batches.pass(samples, seed, sum, gradients).ok() } else { batches.losses(samples, sum).ok() }
    }
}

#[track_caller]
fn check(model: &Model, settings: &Settings, lanes: usize) {
    let mut training = Training::with_code(model, settings, Some(Loops::of(model, lanes)), None);
    training.advance(model, usize::MAX);
    let (run, expected) = (training.finish(model), train(model, settings));
    assert_eq!(record(&run), record(&expected), "{} with {lanes} lanes", model.program());
    assert_eq!((run.steps(), run.diverged()), (expected.steps(), expected.diverged()));
}

fn data() -> [(&'static str, &'static [f64]); 2] {
    [("x", &[1.0, 2.0, 3.0, -1.0, 0.5]), ("y", &[2.0, 4.0, 6.0, 0.0, 1.0])]
}

#[test]
fn batches_in_loops_have_the_bits_of_the_graph() {
    for source in [
        "y_hat = x*w\ns = y_hat - y\nloss = s^2",
        "loss = x + w*0",
        "h = tanh(w*x + b)\nloss = (v*h + h*h - y)^2",
        "loss = x - y + 0*w",
        "a = w\nloss = x*y",
    ] {
        let model = model(source, &data());
        for (name, options) in [("sgd", vec![]), ("sgd", vec![("momentum", 0.9)]), ("adam", vec![])] {
            let optimizer = Optimizer::named(name, &options).unwrap();
            for (batch, rate) in [(1.0, 0.05), (2.0, 0.05), (5.0, 0.3), (3.0, 1e200)] {
                let settings = Settings::new(&model, rate, 6.0, &[]).unwrap().with_batch(&model, batch).unwrap();
                let settings = settings.with_optimizer(optimizer);
                check(&model, &settings, 1);
                check(&model, &settings.with_shuffle(7), 4);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn random_batches_too(program in any_program(), rate in 0.001..0.5_f64, batch in 1..=5_u8, lanes in 1..=8_usize) {
        let names = ["x", "y"];
        prop_assume!(program.free_names().iter().any(|name| !names.contains(name)));
        prop_assume!(!program.lines().iter().any(|line| names.contains(&line.name())));
        let model = model(&program.to_string(), &data());
        let settings = Settings::new(&model, rate, 3.0, &[]).unwrap().with_batch(&model, f64::from(batch)).unwrap();
        check(&model, &settings, lanes);
    }
}
