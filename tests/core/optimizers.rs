//! Optimizers, schedules, batches and orders against torch.optim and CPython's `random`.

use downhill::learn::{Error, Model, Optimizer, Run, Schedule, Settings, train};
use proptest::prelude::*;

use crate::support::{cases, close, golden, model};

/// A golden case: its settings as fields, and the parameters after every step.
fn check_trajectory(case: &str) {
    let (head, rows) = case.split_once('\n').unwrap();
    let fields: Vec<&str> = head.split(';').collect();
    let numbers = |text: &str| -> Vec<f64> { text.split(',').map(|number| number.parse().unwrap()).collect() };
    let number = |place: usize| fields[place].parse::<f64>().unwrap();
    let options: Vec<(&str, f64)> = fields[2]
        .split(',')
        .filter_map(|option| option.split_once('=').map(|(name, value)| (name, value.parse().unwrap())))
        .collect();
    let model = model(fields[0], &[("x", &numbers(fields[12])), ("y", &numbers(fields[13]))]);
    let init: Vec<(&str, f64)> = fields[10].split(',').zip(numbers(fields[11])).collect();
    let mut settings = Settings::new(&model, number(3), number(4), &init)
        .and_then(|settings| settings.with_batch(&model, number(5)))
        .unwrap()
        .with_optimizer(Optimizer::named(fields[1], &options).unwrap())
        .with_schedule(Schedule::named(fields[7], &[("stepSize", number(8)), ("gamma", number(9))]).unwrap());
    if let Ok(seed) = fields[6].parse() {
        settings = settings.with_shuffle(seed);
    }
    let run = train(&model, &settings);
    let expected: Vec<Vec<f64>> = rows.lines().map(numbers).collect();
    assert_eq!(run.steps(), expected.len(), "{head}");
    for (step, expected) in expected.iter().enumerate() {
        let weights = run.parameters_before(step + 1);
        let agree = weights.iter().zip(expected).all(|(&a, &b)| close(a, b, 1e-12));
        assert!(agree, "{head}\nafter step {}: {weights:?}, torch {expected:?}", step + 1);
    }
}

#[test]
fn trajectories_are_those_of_torch() {
    let golden = golden("optimizers.txt");
    let cases: Vec<&str> = golden.split("# ").skip(1).collect();
    assert_eq!(cases.len(), 300);
    cases.into_iter().for_each(check_trajectory);
}

fn deck() -> Model {
    model("y_hat = x*w\nloss = (y_hat - y)^2", &[("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])])
}

fn run(settings: impl Fn(Settings) -> Settings) -> Run {
    let deck = deck();
    train(&deck, &settings(Settings::new(&deck, 0.05, 4.0, &[]).unwrap()))
}

#[test]
fn the_samples_of_each_step() {
    let deck = deck();
    let batched = run(|settings| settings.with_batch(&deck, 2.0).unwrap());
    assert_eq!((batched.steps(), batched.batches()), (8, 2));
    assert_eq!([0, 1, 2].map(|step| batched.samples_of(step)), [&[0, 1][..], &[2], &[0, 1]]);
    // CPython: random.seed(0); order = [0, 1, 2]; random.shuffle(order), four times.
    let shuffled = run(|settings| settings.with_shuffle(0));
    let orders: Vec<u32> = (0..12).map(|step| shuffled.samples_of(step)[0]).collect();
    assert_eq!(orders, [0, 2, 1, 1, 2, 0, 1, 2, 0, 1, 0, 2]);
}

/// By hand: the gradient of the deck's mean loss is 28/3*(w - 2).
#[test]
fn a_whole_batch_takes_the_mean() {
    let deck = deck();
    let run = run(|settings| settings.with_batch(&deck, 3.0).unwrap());
    let mut w = 1.0;
    for step in 0..4 {
        assert!(close(run.gradient(step)[0], 28.0 / 3.0 * (w - 2.0), 1e-14));
        w -= 0.05 * run.gradient(step)[0];
        assert_eq!(run.parameters_before(step + 1), [w]);
        assert!(close(run.losses()[step], 14.0 / 3.0 * (w - 2.0) * (w - 2.0), 1e-13));
    }
}

#[test]
fn rates_of_schedules() {
    let check = |name, size, gamma, expected: &[f64]| {
        assert_eq!(
            Schedule::named(name, &[("stepSize", size), ("gamma", gamma)]).unwrap().rates(0.5, expected.len()),
            expected
        );
    };
    check("constant", 1.0, 0.1, &[0.5, 0.5, 0.5]);
    check("step", 2.0, 0.5, &[0.5, 0.5, 0.25, 0.25, 0.125]);
    check("exponential", 1.0, 0.5, &[0.5, 0.25, 0.125]);
    let cosine = Schedule::Cosine.rates(0.5, 4);
    let expected = [0.5, (2.0 + 2.0_f64.sqrt()) / 8.0, 0.25, (2.0 - 2.0_f64.sqrt()) / 8.0];
    assert!(cosine.iter().zip(expected).all(|(&a, b)| close(a, b, 1e-15)), "{cosine:?}");
}

#[track_caller]
fn check_error<T: std::fmt::Debug>(result: Result<T, Error>, field: &str, message: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.field().name(), error.to_string().as_str()), (field, message));
}

#[test]
fn what_is_refused() {
    let deck = deck();
    let batch = |batch| Settings::new(&deck, 0.1, 1.0, &[]).unwrap().with_batch(&deck, batch);
    check_error(batch(0.0), "batch", "a batch must be a whole number of samples, at least 1; it is 0");
    check_error(batch(1.5), "batch", "a batch must be a whole number of samples, at least 1; it is 1.5");
    check_error(batch(f64::NAN), "batch", "a batch must be a whole number of samples, at least 1; it is nan");
    check_error(batch(4.0), "batch", "a batch of 4 is larger than the data, which has 3 samples");
    let optimizer = Optimizer::named;
    check_error(
        optimizer("lion", &[]),
        "optimizer",
        "`lion` is not an optimizer; the optimizers are sgd, adagrad, rmsprop, adam and adamw",
    );
    check_error(
        optimizer("adagrad", &[("momentum", 0.9)]),
        "optimizer",
        "adagrad has no option `momentum`; it has `eps`, `weightDecay`",
    );
    check_error(
        optimizer("sgd", &[("momentum", 2.0)]),
        "momentum",
        "`momentum` must be at least 0 and below 1; it is 2",
    );
    check_error(
        optimizer("sgd", &[("momentum", f64::NAN)]),
        "momentum",
        "`momentum` must be at least 0 and below 1; it is nan",
    );
    check_error(
        optimizer("adam", &[("betas", 0.5), ("betas", 1.0)]),
        "betas",
        "both numbers of `betas` must be at least 0 and below 1; one is 1",
    );
    check_error(
        optimizer("adam", &[("eps", f64::INFINITY)]),
        "eps",
        "`eps` must be a finite number of at least 0; it is inf",
    );
    check_error(optimizer("sgd", &[("nesterov", 0.5)]), "nesterov", "`nesterov` must be 0 or 1; it is 0.5");
    check_error(optimizer("sgd", &[("nesterov", 1.0)]), "momentum", "nesterov needs a momentum above 0, such as 0.9");
    let schedule = Schedule::named;
    check_error(
        schedule("linear", &[]),
        "schedule",
        "`linear` is not a schedule; the schedules are constant, step, exponential and cosine",
    );
    check_error(schedule("step", &[("gamma", 1.5)]), "gamma", "`gamma` must be above 0 and at most 1; it is 1.5");
    check_error(
        schedule("step", &[("stepSize", 0.5)]),
        "stepSize",
        "`stepSize` must be a whole number of epochs, at least 1; it is 0.5",
    );
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_batch_is_the_mean_of_its_samples(
        samples in prop::collection::vec((-2.0..2.0, -2.0..2.0, -2.0..2.0), 2..20), rate in 0.001..0.1
    ) {
        let [x, z, y] = [0, 1, 2].map(|place| samples.iter().map(|s| [s.0, s.1, s.2][place]).collect::<Vec<f64>>());
        let model = model("h = tanh(a*x + b*z + c*x); (h*a + x*b + z*c - y)^2", &[("x", &x), ("z", &z), ("y", &y)]);
        let settings = Settings::new(&model, rate, 1.0, &[("b", 0.5)]).unwrap();
        let run = train(&model, &settings.with_batch(&model, samples.len() as f64).unwrap());
        let mut sums = vec![0.0; 3];
        for sample in 0..samples.len() {
            let mut sweep = model.at(sample, run.parameters_before(0));
            let gradients = model.parameters_mut(&mut sweep.gradients);
            sums.iter_mut().zip(gradients).for_each(|(sum, gradient)| *sum += *gradient);
        }
        for (&gradient, sum) in run.gradient(0).iter().zip(sums) {
            prop_assert_eq!(gradient, sum / samples.len() as f64);
        }
    }
}
