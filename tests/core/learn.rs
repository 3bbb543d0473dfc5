//! Data, settings and runs: what is accepted, what is refused, and what comes out.

use downhill::formula::{Program, Span};
use downhill::learn::{
    Column, Data, Error, Limits, Model, Optimizer, Run, Settings, Style, Trace, Training, epochs_to, mean_losses,
    settled_ratio, train,
};
use proptest::prelude::*;

use crate::support::{cases, close, columns, model};

const DECK: &str = "y_hat = x*w\ns = y_hat - y\nloss = s^2";
const INF: f64 = f64::INFINITY;

fn deck() -> Model {
    model(DECK, &[("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])])
}

fn run(model: &Model, learning_rate: f64, epochs: f64, init: &[(&str, f64)]) -> Run {
    train(model, &Settings::new(model, learning_rate, epochs, init).unwrap())
}

/// An error, the setting that it belongs to, and its message.
#[track_caller]
fn check_error<T: std::fmt::Debug>(result: Result<T, Error>, field: &str, message: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.field().name(), error.to_string().as_str()), (field, message));
}

#[test]
fn data_that_is_refused() {
    let check = |given: &[(&str, &[f64])], message| check_error(Data::new(columns(given)), "data", message);
    check(&[("x", &[]), ("y", &[])], "there are no samples; give each column at least one number");
    check(&[("x", &[1.0, 2.0]), ("y", &[1.0])], "`x` has 2 numbers but `y` has 1; each sample needs one of each");
    check(&[("x", &[1.0]), ("x", &[2.0])], "the data has two columns with the name `x`");
    check(&[("x", &[1.0]), ("y", &[f64::NAN])], "number 1 of `y` is nan; data must be finite numbers");
    check(&[("x", &[1.0, -INF])], "number 2 of `x` is -inf; data must be finite numbers");
    check(&[("x", &[0.0; 100_001])], "the data has 100001 samples; at most 100000 are allowed");
    let many = vec![("x", &[1.0][..]); 1_001];
    check(&many, "the data has 1001 columns; at most 1000 are allowed");
}

#[test]
fn limits_are_the_pages_unless_others_are_given() {
    let limits = Limits { samples: 200_000, ..Limits::of_steps(2_000_000) };
    let many = columns(&[("x", &[1.0; 150_000])]);
    check_error(Data::new(many.clone()), "data", "the data has 150000 samples; at most 100000 are allowed");
    let data = Data::within(many, limits).unwrap();
    let model = Model::new(Program::parse("loss = (x*w)^2").unwrap(), data).unwrap();
    let epochs = |epochs| Settings::within(&model, 0.1, epochs, &[], limits).map(|settings| settings.epochs());
    assert_eq!(epochs(13.0), Ok(13));
    check_error(epochs(14.0), "epochs", "14 epochs are too many; with 150000 samples at most 13 are run");
    let one = Data::within(columns(&[("x", &[1.0, 2.0])]), Limits { samples: 1, ..Limits::PAGE });
    check_error(one, "data", "the data has 2 samples; at most 1 are allowed");
}

#[test]
fn a_record_that_would_take_too_much_memory_is_refused() {
    let data = || Data::new(columns(&[("x", &[1.0; 64])])).unwrap();
    let program = || Program::parse("loss = sum((W*x)^2)").unwrap();
    let model = Model::with_shapes(program(), data(), &[("W", vec![20_000])]).unwrap();
    let refuse = |epochs: f64, batch: f64, limits: Limits| {
        let settings = Settings::new(&model, 0.1, epochs, &[]).unwrap().with_batch(&model, batch).unwrap();
        settings.with_record_within(&model, limits).map(|settings| settings.epochs())
    };
    let check = |epochs, batch, limits, message: &str| check_error(refuse(epochs, batch, limits), "epochs", message);
    let why = "are too many, because all 20000 parameters are kept after every step";
    let page = Limits::PAGE;
    check(251.0, 32.0, page, &format!("251 epochs with 2 steps each {why}; use at most 250, or larger batches"));
    check(8.0, 1.0, page, &format!("8 epochs with 64 steps each {why}; use at most 7, or larger batches"));
    let small = Limits { recorded: 39_999, ..page };
    check(250.0, 32.0, small, &format!("250 epochs with 2 steps each {why}; use larger batches or fewer samples"));
    assert_eq!(refuse(250.0, 32.0, page), Ok(250));
}

#[test]
fn models_that_are_refused() {
    let join = |source: &str| {
        let data = Data::new(columns(&[("x", &[1.0]), ("y", &[2.0])])).unwrap();
        Model::new(Program::parse(source)?, data)
    };
    check_error(
        join("loss = x - y"),
        "model",
        "there is nothing to train: every name is a column of the data; use one more, such as `w`",
    );
    check_error(join("y = x*w"), "model", "`y` is a column of the data; choose another name for this line");
    check_error(join("loss = x*"), "model", "expected a number, a name or `(`, but found the end of the line");
    assert_eq!(join("a = w; y = a").unwrap_err().span(), Some(Span::new(7, 8)));
    assert_eq!(join("loss = x - y").unwrap_err().span(), None);
}

#[test]
fn settings_that_are_refused() {
    let deck = deck();
    let check = |learning_rate, epochs, init: &[_], field, message| {
        check_error(Settings::new(&deck, learning_rate, epochs, init), field, message);
    };
    check(0.0, 1.0, &[], "lr", "the learning rate must be a finite number above 0; it is 0");
    check(-0.5, 1.0, &[], "lr", "the learning rate must be a finite number above 0; it is -0.5");
    check(f64::NAN, 1.0, &[], "lr", "the learning rate must be a finite number above 0; it is nan");
    check(INF, 1.0, &[], "lr", "the learning rate must be a finite number above 0; it is inf");
    check(0.1, 0.0, &[], "epochs", "the number of epochs must be a whole number of at least 1; it is 0");
    check(0.1, -1.0, &[], "epochs", "the number of epochs must be a whole number of at least 1; it is -1");
    check(0.1, 2.5, &[], "epochs", "the number of epochs must be a whole number of at least 1; it is 2.5");
    check(0.1, f64::NAN, &[], "epochs", "the number of epochs must be a whole number of at least 1; it is nan");
    check(0.1, INF, &[], "epochs", "the number of epochs must be a whole number of at least 1; it is inf");
    check(0.1, 1e9, &[], "epochs", "1000000000 epochs are too many; with 3 samples at most 333333 are run");
    check(0.1, 1.0, &[("w", INF)], "init", "the initial `w` must be a finite number; it is inf");
    check(0.1, 1.0, &[("b", 1.0)], "init", "`b` is not a parameter of this model; its parameters are `w`");
    assert!(Settings::new(&deck, 1e-300, 333_333.0, &[("w", -1e300)]).is_ok());
}

#[test]
fn a_parameter_without_an_initial_value_begins_at_one() {
    let model = model("y_hat = x*w + b\n(y_hat - y)^2", &[("x", &[1.0]), ("y", &[2.0])]);
    let settings = Settings::new(&model, 0.1, 1.0, &[("b", 0.0)]).unwrap();
    assert_eq!(model.parameters(), ["w", "b"]);
    assert_eq!(settings.init(), [1.0, 0.0]);
}

#[test]
fn a_sample_has_only_the_columns_in_use() {
    let data: &[(&str, &[f64])] = &[("z", &[7.0, 8.0]), ("y", &[2.0, 4.0]), ("x", &[1.0, 3.0])];
    let model = model("(x*w - y)^2", data);
    assert_eq!((model.inputs(), model.samples()), (&["y".to_owned(), "x".to_owned()][..], 2));
    assert_eq!(model.row(1), [4.0, 3.0]);
}

#[test]
fn predictions_need_a_line_with_one_input() {
    let predict = |source: &str| model(source, &[("x", &[1.0]), ("y", &[2.0]), ("z", &[3.0])]).predict(4.0, &[1.95]);
    assert_eq!(predict("y_hat = x*w; (y_hat - y)^2"), Some(7.8));
    assert_eq!(predict("ŷ = x*w; (ŷ - y)^2"), Some(7.8));
    assert_eq!(predict("y_hat = x*z*w; (y_hat - y)^2"), None);
    assert_eq!(predict("y_hat = w; (y_hat - y)^2"), None);
    assert_eq!(predict("(x*w - y)^2"), None);
}

#[test]
fn the_record_of_a_run() {
    let run = run(&deck(), 0.01, 10.0, &[]);
    assert_eq!((run.steps(), run.diverged()), (30, None));
    assert_eq!((run.parameters_before(0), run.parameters_before(1)), (&[1.0][..], &[1.02][..]));
    assert_eq!((run.gradient(0), run.gradient(2)), (&[-2.0][..], &[-16.2288][..]));
    assert_eq!(run.parameters_before(30), &run.weights()[29..]);
}

#[test]
fn the_mean_loss_before_and_after_every_step() {
    let deck = deck();
    let run = run(&deck, 0.01, 2.0, &[]);
    let means = mean_losses(&deck, &run, usize::MAX);
    // The mean of (x*w - 2*x)^2 over x = 1, 2, 3 is 14/3*(w - 2)^2.
    for (step, &mean) in means.iter().enumerate() {
        let error = run.parameters_before(step)[0] - 2.0;
        assert!(close(mean, 14.0 / 3.0 * error * error, 1e-15), "step {step}: {mean}");
    }
    assert_eq!(means.len(), 7);
}

#[test]
fn a_long_curve_is_computed_at_some_of_its_steps() {
    let deck = deck();
    let run = run(&deck, 0.001, 1_000.0, &[]);
    let [all, some] = [usize::MAX, 300].map(|budget| mean_losses(&deck, &run, budget));
    assert_eq!((all.len(), some.len()), (3_001, 3_001));
    assert_eq!((all[0], all[3_000]), (some[0], some[3_000]));
    for (step, mean) in some.iter().enumerate().take(3_000) {
        assert_eq!(*mean, all[step - step % 30], "step {step}");
    }
}

#[test]
fn a_run_that_overflows_names_its_first_step() {
    let run = run(&deck(), 1.0, 1_000.0, &[]);
    let step = run.diverged().unwrap();
    assert!(run.losses()[..step - 1].iter().all(|loss| loss.is_finite()));
    assert!(!run.losses()[step - 1].is_finite());
}

/// The mean loss of the deck's lesson falls by the square of the factor of its parameter's distance.
#[test]
fn epochs_to_a_loss_and_the_ratio_of_the_second_half() {
    let deck = model(DECK, &[("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])]);
    for learning_rate in [0.01_f64, 0.03, 0.1] {
        let means = mean_losses(&deck, &run(&deck, learning_rate, 40.0, &[("w", 1.0)]), usize::MAX);
        let factor = (1.0 - 2.0 * learning_rate) * (1.0 - 8.0 * learning_rate) * (1.0 - 18.0 * learning_rate);
        let epoch = (0..).find(|&epoch| 14.0 / 3.0 * factor.powi(2 * epoch) <= 1e-3).unwrap();
        assert_eq!(epochs_to(&means, 3, 1e-3), Some(epoch as usize));
        // Below the last bits of w the loss no longer falls.
        if learning_rate < 0.02 {
            assert!((settled_ratio(&means, 3).unwrap() - factor * factor).abs() < 1e-9);
        }
    }
    assert_eq!(epochs_to(&[4.0, 2.0, 1.0], 1, 0.5), None);
    assert_eq!(epochs_to(&[0.5], 3, 0.5), Some(0));
    for means in [&[1.0, 0.5][..], &[], &[1.0, 2.0, f64::NAN], &[1.0, 0.0, 0.0], &[1.0, 1.0, f64::INFINITY]] {
        assert_eq!(settled_ratio(means, 1), None, "{means:?}");
    }
}

proptest! {
    #![proptest_config(cases(300))]

    /// Parts of any length make the run that one go makes, and one that is stopped is its beginning.
    #[test]
    fn a_run_may_be_taken_in_parts(
        parts in prop::collection::vec(0..9_usize, 1..12), batch in 1..4_u8, shuffle in any::<bool>(), adam in any::<bool>()
    ) {
        let deck = deck();
        let mut settings = Settings::new(&deck, 0.01, 5.0, &[]).unwrap().with_batch(&deck, f64::from(batch)).unwrap();
        if shuffle {
            settings = settings.with_shuffle(7);
        }
        if adam {
            settings = settings.with_optimizer(Optimizer::named("adam", &[]).unwrap());
        }
        let whole = train(&deck, &settings);
        let mut training = Training::new(&deck, &settings);
        parts.iter().for_each(|&part| training.advance(&deck, part));
        let (taken, steps) = training.progress();
        let run = training.finish(&deck);
        prop_assert_eq!((run.steps(), whole.steps()), (taken, steps));
        prop_assert_eq!(run.losses(), &whole.losses()[..taken]);
        prop_assert_eq!(run.weights(), &whole.weights()[..taken]);
        let text = Trace::new(&deck, &run, Style::Full).text();
        let all = Trace::new(&deck, &whole, Style::Full).text();
        let inside = text.lines().filter(|line| !line.starts_with("predict")).count();
        prop_assert!(all.lines().skip(1).take(inside).eq(text.lines().skip(1).take(inside)), "{}", text);
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// By hand: the deck's gradient is 2*x*(x*w - y), for any data.
    #[test]
    fn each_step_goes_against_the_gradient(
        samples in prop::collection::vec((-3.0..3.0, -3.0..3.0), 1..5), learning_rate in 1e-4..0.1, w in -10.0..10.0
    ) {
        let (x, y): (Vec<f64>, Vec<f64>) = samples.iter().copied().unzip();
        let model = model(DECK, &[("x", &x), ("y", &y)]);
        let run = run(&model, learning_rate, 3.0, &[("w", w)]);
        for step in 0..run.steps() {
            let (x, y) = samples[step % samples.len()];
            let before = run.parameters_before(step)[0];
            let gradient = 2.0 * x * (x * before - y);
            let after = before - learning_rate * gradient;
            prop_assert_eq!(run.gradient(step)[0], gradient);
            prop_assert_eq!(run.parameters_before(step + 1)[0], after);
            prop_assert_eq!(run.losses()[step], (x * after - y) * (x * after - y));
        }
    }

    #[test]
    fn any_data_and_settings_are_run_or_refused(
        x in prop::collection::vec(prop::num::f64::ANY, 0..4), y in prop::collection::vec(prop::num::f64::ANY, 0..4),
        learning_rate in prop::num::f64::ANY, epochs in prop::num::f64::ANY, w in prop::num::f64::ANY
    ) {
        let column = |name: &str, values| Column::numbers(name, values);
        let Ok(data) = Data::new(vec![column("x", x), column("y", y)]) else { return Ok(()) };
        let model = Model::new(Program::parse(DECK).unwrap(), data).unwrap();
        for epochs in [epochs, 3.0] {
            if let Ok(settings) = Settings::new(&model, learning_rate.abs(), epochs, &[("w", w)]) {
                let steps = settings.epochs() * model.samples();
                let run = train(&model, &settings);
                prop_assert_eq!((run.steps(), mean_losses(&model, &run, 100).len()), (steps, steps + 1));
            }
        }
    }
}
