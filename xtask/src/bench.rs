//! Measurements beside each other in one run, with the budgets that they have to keep.

use std::process::Command;

use crate::build;
use crate::command::{announce, run_and_read, words};
use crate::install;

/// A limit on one measurement, as a multiple of another, or of 1.
struct Budget {
    name: &'static str,
    beside: Option<&'static str>,
    most: f64,
}

const BUDGETS: [Budget; 30] = [
    Budget { name: "step: graph, wasm, Node", beside: Some("step: closed form, native"), most: 1.2 },
    Budget { name: "step: graph, wasm, Chromium", beside: Some("step: closed form, native"), most: 1.2 },
    Budget { name: "chain of 10: training step, wasm", beside: None, most: 2.0 },
    Budget { name: "chain of 100: training step, wasm", beside: None, most: 2.0 },
    Budget { name: "chain of 1000: training step, wasm", beside: None, most: 2.0 },
    Budget { name: "chain of 10000: training step, wasm", beside: None, most: 2.0 },
    Budget {
        name: "train() of the module: a step of 300,000",
        beside: Some("step: by hand, JavaScript, Node"),
        most: 2.0,
    },
    Budget { name: "network 2-32-32-1, 1,000 points: training step, float32", beside: None, most: 0.6 },
    Budget { name: "network 2-32-32-1, 1,000 points: training step, float64", beside: None, most: 2.0 },
    Budget { name: "ConvNet, batch of 32: training step, float32", beside: None, most: 0.5 },
    Budget { name: "ConvNet, batch of 32: read, lowered and compiled, float32", beside: None, most: 5.0 },
    Budget { name: "LeNet, 28 by 28, batch of 32: training step, float32", beside: None, most: 12.0 },
    Budget { name: "gated ConvNet for text, batch of 32: training step, float32", beside: None, most: 12.0 },
    Budget { name: "segmentation, 128 by 128: training step, float32", beside: None, most: 12.0 },
    Budget { name: "segmentation, 128 by 128: prediction, float32", beside: None, most: 4.0 },
    Budget { name: "network in training: a frame with 16 steps and all views", beside: None, most: 16.7 },
    Budget { name: "network: from a move of the pen to the probabilities", beside: None, most: 8.0 },
    Budget { name: "drag to paint, median", beside: None, most: 2.0 },
    Budget { name: "drag to paint, 95th percentile", beside: None, most: 16.0 },
    Budget { name: "first page, brotli", beside: None, most: 190.0 },
    Budget { name: "derive: bare, deck", beside: Some("derive: mathjs without simplify, deck"), most: 0.02 },
    Budget {
        name: "derive: bare, 50 squares",
        beside: Some("derive: mathjs without simplify, 50 squares"),
        most: 0.02,
    },
    Budget { name: "map of fates: a step of a lane, wasm", beside: None, most: 0.8 },
    Budget { name: "map of fates on screen, coarse", beside: None, most: 100.0 },
    Budget { name: "map of fates on screen, fine", beside: None, most: 80.0 },
    Budget { name: "a run of 1,000,000 steps, wasm", beside: None, most: 15.0 },
    Budget { name: "curve of 1,000,000 steps, drawn again", beside: None, most: 10.0 },
    Budget { name: "100,000 pasted rows: until the page answers", beside: None, most: 100.0 },
    Budget { name: "derive: all together, deck", beside: None, most: 46.0 },
    Budget { name: "derive: all together, 50 squares", beside: None, most: 2400.0 },
];

/// Builds, measures and prints the table, with `peers` beside other libraries.
pub(crate) fn bench(peers: bool) -> Result<(), String> {
    install::npm_packages()?;
    let chromium = install::chromium()?;
    build::build(false, None)?;
    announce("measuring");
    let mut lines = run_and_read("the native bench", &mut words("cargo bench --quiet --bench step"))?;
    lines += &run_and_read("the Node bench", &mut words("node benches/node.js"))?;
    let mut derivatives = words("node benches/derivative.js");
    if peers {
        let folder = install::peers()?;
        derivatives.args(["--peers", &folder]);
        lines += &run_and_read("the bench of TensorFlow.js", words("node benches/tfjs.js").arg(folder))?;
        let python = install::peers_python()?;
        lines += &run_and_read("the bench of PyTorch and micrograd", Command::new(&python).arg("benches/graph.py"))?;
        lines += &run_and_read("the bench of PyTorch and jax", Command::new(&python).arg("benches/networks.py"))?;
    }
    lines += &run_and_read("the derivative bench", &mut derivatives)?;
    lines += &run_and_read("the Chromium bench", words("node benches/chromium.js").env("CHROMIUM", chromium))?;
    print_table(&measurements(&lines));
    Ok(())
}

/// Reads lines of `name<TAB>value<TAB>unit`; all others are remarks.
fn measurements(lines: &str) -> Vec<(&str, f64, &str)> {
    let read = |line| {
        let mut fields = str::split(line, '\t');
        Some((fields.next()?, fields.next()?.parse().ok()?, fields.next()?))
    };
    lines.lines().filter_map(read).collect()
}

fn print_table(measurements: &[(&str, f64, &str)]) {
    announce("results");
    for &(name, value, unit) in measurements {
        println!("{name:48} {value:10.2} {unit:4} {}", judgement(name, value, measurements));
    }
}

fn judgement(name: &str, value: f64, measurements: &[(&str, f64, &str)]) -> String {
    let Some(budget) = BUDGETS.iter().find(|budget| budget.name == name) else {
        return String::new();
    };
    let find = |other| measurements.iter().find(|measurement| measurement.0 == other);
    let found = budget.beside.and_then(find);
    if budget.beside.is_some() && found.is_none() {
        return "measured beside others with --peers".to_owned();
    }
    let base = found.map_or(1.0, |&(_, base, _)| base);
    let verdict = if value / base <= budget.most { "OK" } else { "OVER" };
    let beside = budget.beside.map(|beside| format!(" times {beside}")).unwrap_or_default();
    format!("{verdict}: {:.3} of at most {}{beside}", value / base, budget.most)
}
