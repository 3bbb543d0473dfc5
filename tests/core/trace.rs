use downhill::formula::Program;
use downhill::learn::{Column, Data, Model, Run, Settings, Style, Trace, train};

const DECK: &str = "y_hat = x*w\ns = y_hat - y\nloss = s^2";

fn numbers(list: &str) -> Vec<f64> {
    list.split(',').map(|number| number.parse().unwrap()).collect()
}

fn model(program: &str, x: &str, y: &str) -> Model {
    let column = |name: &str, list| Column { name: name.to_owned(), values: numbers(list) };
    let data = Data::new(vec![column("x", x), column("y", y)]).unwrap();
    Model::new(Program::parse(program).unwrap(), data).unwrap()
}

fn run(model: &Model, lr: &str, epochs: &str, init: &[(&str, f64)]) -> Run {
    let settings = Settings::new(model, lr.parse().unwrap(), epochs.parse().unwrap(), init).unwrap();
    train(model, &settings)
}

#[test]
fn traces_are_what_cpython_prints() {
    let goldens = include_str!("../golden/trace.txt");
    for case in goldens.split_terminator("\n\n") {
        let (settings, text) = case.split_once('\n').unwrap();
        let [style, lr, w, epochs, x, y] = settings.split('\t').collect::<Vec<_>>().try_into().unwrap();
        let style = if style == "full" { Style::Full } else { Style::Rounded };
        for program in [DECK, "y_hat = x*w\nloss = (y_hat - y)^2", "y_hat = x*w\nloss = (y_hat - y)*(y_hat - y)"] {
            let model = model(program, x, y);
            let run = run(&model, lr, epochs, &[("w", w.parse().unwrap())]);
            let printed = Trace::new(&model, &run, style).text();
            assert_eq!(printed.trim_end_matches('\n'), text, "{program}\n{settings}");
        }
    }
}

#[test]
fn the_second_printout_of_the_deck() {
    let model = model(DECK, "1,2,3", "2,4,6");
    let run = run(&model, "0.01", "1", &[]);
    assert_eq!(run.gradients(), [-2.0, -7.84, -16.2288]);
    assert_eq!(run.losses()[2], 4.919_240_100_095_999);
}

#[test]
fn two_parameters_are_printed_in_the_order_of_their_use() {
    let model = model("y_hat = x*w + b\nloss = (y_hat - y)^2", "1,2", "2,4");
    let run = run(&model, "0.1", "1", &[("b", 0.0), ("w", 1.0)]);
    let expected = "predict (before training) 4 4.0\n\tgrad:  1.0 2.0 -2.0 -2.0\n\
                    \tgrad:  2.0 4.0 -5.6 -2.8\nprogress: 0 w= 1.76 b= 0.48 loss= 0.0\n\
                    predict (after training) 4 hours 7.52\n";
    assert_eq!(Trace::new(&model, &run, Style::Rounded).text(), expected);
}

#[test]
fn lines_are_found_by_their_step() {
    let model = model(DECK, "1,2,3", "2,4,6");
    let run = run(&model, "0.01", "2", &[]);
    let trace = Trace::new(&model, &run, Style::Rounded);
    assert_eq!(trace.len(), 10);
    assert_eq!(trace.lines(trace.line_of(3), trace.line_of(3) + 1), "\tgrad:  1.0 2.0 -1.48\n");
    assert_eq!(trace.lines(9, 99), "predict (after training) 4 hours 5.81\n");
}

#[test]
fn a_model_without_a_single_input_does_not_predict() {
    let model = model("loss = (x*w - y)^2", "1", "2");
    let run = run(&model, "0.01", "1", &[]);
    let text = Trace::new(&model, &run, Style::Full).text();
    assert_eq!(text, "\tgrad:  1.0 2.0 -2.0\nprogress: 0 w= 1.02 loss= 0.9603999999999999\n");
}
