//! The printed trace against CPython's, byte for byte.

use downhill::learn::{Model, Run, Settings, Style, Trace, train};

use crate::support::{golden, model};

/// The deck's loss as it writes it, as a square, and with the error on a line of its own: all must
/// print the same.
const PROGRAMS: [&str; 3] = [
    "y_pred = x*w\nloss = (y_pred - y)*(y_pred - y)",
    "y_pred = x*w\nloss = (y_pred - y)^2",
    "y_hat = x*w\ns = y_hat - y\nloss = s^2",
];

/// One case of the golden file.
struct Case<'g> {
    style: Style,
    learning_rate: f64,
    initial: f64,
    epochs: f64,
    x: Vec<f64>,
    y: Vec<f64>,
    text: &'g str,
}

impl<'g> Case<'g> {
    fn read(text: &'g str) -> Self {
        let (head, text) = text.split_once('\n').unwrap();
        let fields: Vec<&str> = head.split(' ').collect();
        let style = if fields[0] == "rounded" { Style::Rounded } else { Style::Full };
        let number = |index: usize| fields[index].parse().unwrap();
        let column = |index: usize| fields[index].split(',').map(|value| value.parse().unwrap()).collect();
        let [learning_rate, initial, epochs] = [number(1), number(2), number(3)];
        Self { style, learning_rate, initial, epochs, x: column(4), y: column(5), text }
    }

    fn train(&self, source: &str) -> (Model, Run) {
        let model = model(source, &[("x", &self.x), ("y", &self.y)]);
        let settings = Settings::new(&model, self.learning_rate, self.epochs, &[("w", self.initial)]).unwrap();
        let run = train(&model, &settings);
        (model, run)
    }
}

fn deck() -> (Model, Run) {
    let case = Case::read("full 0.01 1.0 10 1.0,2.0,3.0 2.0,4.0,6.0\n");
    case.train(PROGRAMS[0])
}

#[track_caller]
fn check_like_python(source: &str) {
    let text = golden("trace.txt");
    let cases: Vec<Case> = text.split("# ").skip(1).map(Case::read).collect();
    assert!(cases.len() > 1_300, "only {} cases", cases.len());
    for case in &cases {
        let (model, run) = case.train(source);
        let printed = Trace::new(&model, &run, case.style).text();
        for (line, (ours, theirs)) in printed.lines().zip(case.text.lines()).enumerate() {
            let setting = (case.learning_rate, case.initial, case.epochs, &case.x, &case.y);
            assert_eq!(ours, theirs, "line {line} with {setting:?}");
        }
        assert_eq!(printed, case.text);
    }
}

#[test]
fn the_decks_program_prints_what_python_prints() {
    check_like_python(PROGRAMS[0]);
}

#[test]
fn a_squared_error_prints_the_same() {
    check_like_python(PROGRAMS[1]);
}

#[test]
fn an_error_of_its_own_prints_the_same() {
    check_like_python(PROGRAMS[2]);
}

/// The deck's printout of the first epoch with all its digits.
#[test]
fn the_decks_first_epoch() {
    let (_, run) = deck();
    assert_eq!(run.gradients()[..3], [-2.0, -7.84, -16.2288]);
    assert_eq!(run.losses()[2], 4.919240100095999);
    assert_eq!(run.weights()[2], 1.0 - 0.01 * -2.0 - 0.01 * -7.84 - 0.01 * -16.2288);
}

#[test]
fn any_lines_are_the_same_as_those_of_the_whole() {
    let (model, run) = deck();
    let trace = Trace::new(&model, &run, Style::Full);
    let text = trace.text();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    assert_eq!(trace.len(), lines.len());
    for start in 0..=lines.len() {
        let end = (start + 7).min(lines.len());
        assert_eq!(trace.lines(start, start + 7), lines[start..end].concat(), "from {start}");
    }
}

#[test]
fn the_line_of_a_step_shows_its_gradient() {
    let (model, run) = deck();
    let trace = Trace::new(&model, &run, Style::Full);
    for step in 0..run.steps() {
        let line = trace.line_of(step);
        let gradient = downhill::number::repr(run.gradients()[step]);
        let text = trace.lines(line, line + 1);
        assert!(text.starts_with("\tgrad: ") && text.ends_with(&format!(" {gradient}\n")), "{step}: {text}");
    }
}

#[test]
fn a_line_has_room_for_two_parameters() {
    let model = model("y_hat = w*x + b\nloss = (y_hat - y)^2", &[("x", &[1.0, 2.0]), ("y", &[3.0, 5.0])]);
    let settings = Settings::new(&model, 0.125, 1.0, &[("b", 0.0)]).unwrap();
    let run = train(&model, &settings);
    // By hand: the error is -2 at w=1, b=0, and -1.5 at w=1.5, b=0.5; then w=2.25, b=0.875.
    let expected = "predict (before training) 4 4.0\n\
        \tgrad:  1.0 3.0 -4.0 -4.0\n\
        \tgrad:  2.0 5.0 -6.0 -3.0\n\
        progress: 0 w= 2.25 b= 0.875 loss= 0.140625\n\
        predict (after training) 4 hours 9.875\n";
    assert_eq!(Trace::new(&model, &run, Style::Full).text(), expected);
}

#[test]
fn without_a_prediction_the_trace_has_only_its_steps() {
    let model = model("loss = (w*x - y)^2", &[("x", &[1.0]), ("y", &[3.0])]);
    let run = train(&model, &Settings::new(&model, 0.25, 1.0, &[]).unwrap());
    let trace = Trace::new(&model, &run, Style::Rounded);
    assert_eq!(trace.text(), "\tgrad:  1.0 3.0 -4.0\nprogress: 0 w= 2.0 loss= 1.0\n");
}
