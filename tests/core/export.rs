//! Exported programs, run by CPython: they print the trace.

use std::io::Write;
use std::process::{Command, Stdio};

use downhill::export::{Mark, python, torch};
use downhill::formula::Program;
use downhill::learn::{Column, Data, Model, Optimizer, Schedule, Settings, Style, Trace, train};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::support::{cases, close, model};

/// Runs each of the programs that come in, and tells what it prints.
const RUNNER: &str = r#"
import contextlib, io, sys
for program in sys.stdin.buffer.read().decode().split("\x1e"):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(program, "<exported>", "exec"), {})
    except Exception as error:
        out.write(f"{type(error).__name__}: {error}")
    sys.stdout.buffer.write((out.getvalue() + "\x1e").encode())
"#;

fn printed(python: &str, programs: &[String]) -> Vec<String> {
    let mut command = Command::new(python);
    let child = command.args(["-c", RUNNER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|error| panic!("{python} is needed to run exported programs: {error}"));
    let (mut input, programs) = (child.stdin.take().unwrap(), programs.join("\u{1e}"));
    let writer = std::thread::spawn(move || input.write_all(programs.as_bytes()).unwrap());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    text.strip_suffix('\u{1e}').unwrap_or(&text).split('\u{1e}').map(str::to_owned).collect()
}

/// Programs of operations whose results are the same in every language.
const EXACT: [&str; 9] = [
    "y_hat = x*w\ns = y_hat - y\nloss = s^2",
    "y_hat = x*w + b\nloss = (y_hat - y)^2",
    "loss = (a*x^2 + b*x + c - y)^2",
    "ŷ = relu(w*x + b)*v; lambda = ŷ - y; loss = lambda^2",
    "y₀ = abs(w*x - y); loss = sqrt(y₀^2 + 1)",
    "print = x*w; data = print - y; loss = max(data^2, min(data, 0.5)) - -w/4",
    "h = w*x; loss = (h + h*h - y)^2/2 + v_w*0.01*v_w",
    "d_w = w^2; loss = d_w + step(w)*b + sign(b)*w",
    "loss = w^2*w^1 + w^0 + t1*t1 - pi*b",
];

const OTHERS: [&str; 6] = [
    "loss = softplus(w*x + b) - y*(w*x + b)",
    "y_hat = v*tanh(w*x + b); loss = (y_hat - y)^2",
    "p = sigmoid(w*x + b); loss = -(y*log(p) + (1 - y)*log(1 - p))",
    "loss = exp(w*x/4) - sin(w)*cos(b) + atan(b)",
    "loss = (w^2 + 1)^1.5 + (b^2 + 2)^(w/4)",
    "loss = cosh(w/3) + log2(b^2 + 1) + log10(w^2 + 1) + 2^w + tan(w/9) + sinh(b/9) + asin(w/99) + acos(b/99)",
];

#[derive(Clone, Debug)]
struct Case {
    program: usize,
    rows: Vec<(f64, f64)>,
    rate: f64,
    epochs: u8,
    batch: prop::sample::Index,
    optimizer: &'static str,
    options: Vec<(&'static str, f64)>,
    schedule: Schedule,
    shuffle: Option<u32>,
    init: f64,
    rounded: bool,
}

fn any_case(programs: usize) -> impl Strategy<Value = Case> {
    let optimizers = prop::sample::select(vec![
        ("sgd", vec![]),
        ("sgd", vec![]),
        ("sgd", vec![("momentum", 0.9)]),
        ("sgd", vec![("momentum", 0.5), ("nesterov", 1.0), ("weightDecay", 0.1)]),
        ("adagrad", vec![]),
        ("rmsprop", vec![("momentum", 0.5)]),
        ("rmsprop", vec![("weightDecay", 0.01)]),
        ("adam", vec![]),
        ("adam", vec![("betas", 0.8), ("weightDecay", 0.1)]),
        ("adamw", vec![]),
    ]);
    let schedules = prop::sample::select(vec![
        Schedule::Constant,
        Schedule::Step { size: 2, gamma: 0.5 },
        Schedule::Exponential { gamma: 0.9 },
    ]);
    let round = |range: std::ops::Range<f64>| range.prop_map(|number| (number * 100.0).round() / 100.0);
    let rows = prop::collection::vec((round(-2.0..2.0), prop::sample::select(vec![0.0, 1.0, 0.25])), 1..7);
    let setup = (0.001..0.1, 1..5_u8, any::<prop::sample::Index>(), prop::option::of(any::<u32>()), round(0.1..1.5));
    (0..programs, rows, setup, optimizers, schedules, any::<bool>()).prop_map(
        |(program, rows, (rate, epochs, batch, shuffle, init), (optimizer, options), schedule, rounded)| Case {
            program,
            rows,
            rate,
            epochs,
            batch,
            optimizer,
            options,
            schedule,
            shuffle,
            init,
            rounded,
        },
    )
}

impl Case {
    fn model(&self, programs: &[&str]) -> Model {
        let (x, y): (Vec<f64>, Vec<f64>) = self.rows.iter().copied().unzip();
        model(programs[self.program], &[("x", &x), ("y", &y)])
    }

    fn settings(&self, model: &Model) -> Settings {
        let init: Vec<(&str, f64)> = model.parameters().iter().map(|name| (name.as_str(), self.init)).collect();
        let batch = self.batch.index(model.samples()) + 1;
        let settings = Settings::new(model, self.rate, f64::from(self.epochs), &init)
            .and_then(|settings| settings.with_batch(model, batch as f64))
            .unwrap()
            .with_optimizer(Optimizer::named(self.optimizer, &self.options).unwrap())
            .with_schedule(self.schedule);
        self.shuffle.map_or(settings.clone(), |seed| settings.with_shuffle(seed))
    }

    fn style(&self) -> Style {
        if self.rounded { Style::Rounded } else { Style::Full }
    }
}

fn drawn(programs: usize, count: u32) -> Vec<Case> {
    let mut runner = TestRunner::new(cases(count));
    (0..runner.config().cases).map(|_| any_case(programs).new_tree(&mut runner).unwrap().current()).collect()
}

/// What a program prints beside the trace that it should print.
fn run(
    programs: &[&str],
    cases: &[Case],
    with: &str,
    write: impl Fn(&Model, &Settings, Style) -> String,
) -> Vec<[String; 3]> {
    let written = cases.iter().map(|case| {
        let model = case.model(programs);
        let settings = case.settings(&model);
        let trace = Trace::new(&model, &train(&model, &settings), case.style()).text();
        (write(&model, &settings, case.style()), trace)
    });
    let (texts, traces): (Vec<String>, Vec<String>) = written.unzip();
    let printed = printed(with, &texts);
    assert_eq!(printed.len(), traces.len());
    texts.into_iter().zip(printed).zip(traces).map(|((text, printed), trace)| [text, printed, trace]).collect()
}

#[test]
fn cpython_prints_the_trace_byte_for_byte() {
    let cases = drawn(EXACT.len(), 300);
    for [text, printed, trace] in
        run(&EXACT, &cases, "python3", |model, settings, style| python(model, settings, style).text())
    {
        assert_eq!(printed, trace, "\n{text}");
    }
}

#[test]
fn a_program_without_data_is_one_sample() {
    let sources = ["loss = (1 - a)^2 + 100*(b - a^2)^2", "s = u*v; loss = (s - 1)^2"];
    let written = sources.map(|source| {
        let model = model(source, &[]);
        let settings = Settings::new(&model, 0.001, 40.0, &[(model.parameters()[0].as_str(), -0.5)]).unwrap();
        let run = train(&model, &settings);
        assert_eq!((model.samples(), run.steps(), run.samples_of(0)), (1, 40, &[0][..]));
        assert!(run.losses()[39] < run.losses()[0], "{source}: {:?}", run.losses());
        (python(&model, &settings, Style::Full).text(), Trace::new(&model, &run, Style::Full).text())
    });
    let (texts, traces): (Vec<String>, Vec<String>) = written.into_iter().unzip();
    assert_eq!(printed("python3", &texts), traces, "{texts:?}");
}

/// Words alike, and numbers to a tolerance; rounded ones may fall on either side.
fn check_alike(printed: &str, trace: &str, tolerance: f64, text: &str) {
    let (printed_words, trace_words): (Vec<&str>, Vec<&str>) =
        (printed.split_whitespace().collect(), trace.split_whitespace().collect());
    assert_eq!(printed_words.len(), trace_words.len(), "\n{printed}\n{trace}\n{text}");
    for (a, b) in printed_words.into_iter().zip(trace_words) {
        match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => assert!(close(a, b, tolerance), "{a} for {b}\n{text}"),
            _ => assert_eq!(a, b, "\n{text}"),
        }
    }
}

#[test]
fn other_functions_agree_but_for_their_last_digits() {
    let cases = drawn(OTHERS.len(), 100);
    let outputs = run(&OTHERS, &cases, "python3", |model, settings, style| python(model, settings, style).text());
    for (case, [text, printed, trace]) in cases.iter().zip(outputs) {
        check_alike(&printed, &trace, if case.rounded { 0.011 } else { 1e-9 }, &text);
    }
}

/// Where `$DOWNHILL_PYTHON` is a Python that has PyTorch.
#[test]
fn pytorch_prints_the_trace_too() {
    let Some(with) = std::env::var("DOWNHILL_PYTHON").ok() else {
        println!("skipped: $DOWNHILL_PYTHON is no Python with PyTorch");
        return;
    };
    for programs in [&EXACT[..], &OTHERS] {
        let cases: Vec<Case> = drawn(programs.len(), 100).into_iter().filter(|case| !case.rounded).collect();
        for [text, printed, trace] in
            run(programs, &cases, &with, |model, settings, style| torch(model, settings, style).text())
        {
            check_alike(&printed, &trace, 1e-11, &text);
        }
    }
}

fn deck() -> Model {
    model("y_hat = x*w\ns = y_hat - y\nloss = s^2", &[("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])])
}

#[test]
fn the_decks_program() {
    let deck = deck();
    let script = python(&deck, &Settings::new(&deck, 0.01, 10.0, &[]).unwrap(), Style::Rounded);
    let expected = "\
# y_hat = x*w
# s = y_hat - y
# loss = s^2
# The derivative of loss with respect to w is 2*x*(x*w - y)

data = [  # x, y
    (1.0, 2.0),
    (2.0, 4.0),
    (3.0, 6.0),
]

w = 1.0
learning_rate = 0.01


def forward(x, y, w):
    \"\"\"The loss of a sample.\"\"\"
    y_hat = x * w
    s = y_hat - y
    loss = s * s
    return loss


def gradient(x, y, w):
    \"\"\"The derivatives of the loss by the parameters, by the chain rule from the end.\"\"\"
    y_hat = x * w
    s = y_hat - y
    loss = s * s
    d_loss = 1.0
    d_s = d_loss * (2.0 * s)
    d_y_hat = d_s
    d_w = d_y_hat * x
    return d_w


def predict(x, w):
    y_hat = x * w
    return y_hat


print(\"predict (before training)\", 4, round(predict(4.0, w), 2))
for epoch in range(10):
    for x, y in data:
        d_w = gradient(x, y, w)
        print(\"\\tgrad: \", x, y, round(d_w, 2))
        w = w - learning_rate * d_w
    total = forward(x, y, w)
    print(\"progress:\", epoch, \"w=\", round(w, 2), \"loss=\", round(total, 2))
print(\"predict (after training)\", \"4 hours\", format(predict(4.0, w), \".2f\"))
";
    assert_eq!(script.text(), expected);
}

/// The lines of the two passes and of the update are known by what they do.
#[test]
fn lines_are_marked() {
    let deck = deck();
    let settings = Settings::new(&deck, 0.01, 10.0, &[]).unwrap();
    let marked = |mark| -> Vec<String> {
        let script = python(&deck, &settings, Style::Full);
        let lines = script.parts.concat().into_iter().filter(|line| line.mark == Some(mark));
        lines.map(|line| line.text.trim().to_owned()).collect()
    };
    assert_eq!(marked(Mark::Forward(4)), ["s = y_hat - y"]);
    assert_eq!(marked(Mark::Backward(5)), ["d_loss = 1.0", "d_s = d_loss * (2.0 * s)"]);
    assert_eq!(marked(Mark::Backward(3)), ["d_w = d_y_hat * x"]);
    assert_eq!(marked(Mark::Update), ["w = w - learning_rate * d_w"]);
}

/// A program of tensors is written with the names of its functions, one sample after the other.
#[test]
fn a_network_for_pytorch() {
    let column = |name: &str, values: &[f64], shape: &[usize]| Column {
        name: name.into(),
        values: values.into(),
        shape: shape.into(),
    };
    let data = Data::new(vec![column("x", &[1.0, 0.0, 0.0, 1.0], &[2]), column("label", &[0.0, 1.0], &[])]).unwrap();
    let program = Program::parse("z = W @ x + [b, -b]\nloss = cross_entropy(z, label)").unwrap();
    let model = Model::with_shapes(program, data, &[("W", vec![2, 2])]).unwrap();
    let init = [("W[0, 0]", 0.5), ("W[0, 1]", 0.0), ("W[1, 0]", -1.0), ("W[1, 1]", 2.0)];
    let settings = Settings::new(&model, 0.1, 3.0, &init).unwrap();
    let expected = "\
import math

import torch
from torch.nn import functional

torch.set_default_dtype(torch.float64)

x = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
label = torch.tensor([0.0, 1.0])
W = torch.tensor([[0.5, 0.0], [-1.0, 2.0]], requires_grad=True)
b = torch.tensor(1.0, requires_grad=True)
parameters = [W, b]
optimizer = torch.optim.SGD(parameters, lr=0.1)


def stack(items):
    return torch.stack([torch.as_tensor(item, dtype=torch.get_default_dtype()) for item in items])


def cross_entropy(z, label):
    if z.dim() < 3:
        return functional.cross_entropy(z, label.long())
    return functional.cross_entropy(z[None], label.long()[None])


def forward(x, label):
    z = W @ x + stack([b, -b])
    loss = cross_entropy(z, label)
    return loss.reshape(())


order = list(range(2))
for epoch in range(3):
    for start in range(0, 2, 1):
        samples = order[start : start + 1]
        optimizer.zero_grad()
        torch.stack([forward(x[sample], label[sample]) for sample in samples]).mean().backward()
        print(\"\\tgrad: \", \"|W|=\", round(W.grad.norm().item(), 2), round(b.grad.item(), 2))
        optimizer.step()
    print(\"progress:\", epoch, \"|W|=\", round(W.norm().item(), 2), \"b=\", round(b.item(), 2), \"loss=\", round(torch.stack([forward(x[sample], label[sample]) for sample in samples]).mean().item(), 2))
";
    assert_eq!(torch(&model, &settings, Style::Rounded).text(), expected);
    let trace = Trace::new(&model, &train(&model, &settings), Style::Rounded).text();
    assert_eq!(trace.lines().next(), Some("\tgrad:  |W|= 0.04 -0.06"));
}
