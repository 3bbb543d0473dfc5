//! The verdict against the runs that it speaks of.

use downhill::formula::Program;
use downhill::learn::{
    Column, Curvature, Data, Fate, Model, Optimizer, Settings, Stability, Verdict, is_affine, train,
};
use proptest::prelude::*;

use super::support::cases;

fn model(program: &str, columns: &[(&str, &[f64])]) -> Model {
    let column = |(name, values): &(&str, &[f64])| Column::numbers(*name, *values);
    let data = Data::new(columns.iter().map(column).collect()).unwrap();
    Model::new(Program::parse(program).unwrap(), data).unwrap()
}

fn deck() -> Model {
    model("y_hat = x*w\nloss = (y_hat - y)^2", &[("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])])
}

fn verdict(model: &Model, rate: f64) -> Verdict {
    judge(model, &Settings::new(model, rate, 30.0, &[]).unwrap())
}

fn judge(model: &Model, settings: &Settings) -> Verdict {
    let curvature = Curvature::of(model, &train(model, settings), is_affine(model)).unwrap();
    Verdict::of(&curvature, &Stability::of(&curvature), settings.learning_rate())
}

/// The deck's data: (1-2a)(1-8a)(1-18a), whose size is below 1 in two intervals.
#[test]
fn the_decks_learning_rates() {
    let verdict = verdict(&deck(), 0.01);
    assert!((verdict.factor - 0.98 * 0.92 * 0.82).abs() < 1e-12 && verdict.exact);
    let ends: Vec<f64> =
        verdict.stability.intervals.iter().flat_map(|interval| [interval.low, interval.high]).collect();
    let expected = [0.0, 0.20402, 0.47654, 0.51902];
    assert!(ends.iter().zip(expected).all(|(end, expected)| (end - expected).abs() < 1e-5), "{ends:?}");
    assert_eq!(ends.len(), 4);
    assert!(verdict.stability.best.1 < 1e-9);
    assert!(
        [1.0 / 18.0, 1.0 / 8.0, 0.5].iter().any(|best| (best - verdict.stability.best.0).abs() < 1e-9),
        "{:?}",
        verdict.stability.best
    );
}

#[test]
fn fates() {
    let fate = |rate| verdict(&deck(), rate).fate;
    let fates = [1e-4, 0.01, 0.1, 0.3, 0.49, 0.6].map(fate);
    let expected = [Fate::Crawls, Fate::Converges, Fate::Oscillates, Fate::Diverges, Fate::Converges, Fate::Diverges];
    assert_eq!(fates, expected);
    assert_eq!(verdict(&model("(x*w - 1)^2", &[("x", &[0.1])]), 0.01).fate, Fate::Crawls);
}

#[test]
fn other_models_are_judged_where_they_ended() {
    let logistic = model("loss = softplus(x*w) - y*x*w", &[("x", &[1.0, -2.0, 0.5]), ("y", &[1.0, 0.0, 0.0])]);
    let verdict = verdict(&logistic, 0.5);
    assert!(!verdict.exact && verdict.factor < 1.0, "{verdict:?}");
}

#[test]
fn a_whole_batch_of_the_decks_data() {
    let deck = deck();
    let settings = Settings::new(&deck, 0.01, 30.0, &[]).unwrap().with_batch(&deck, 3.0).unwrap();
    let verdict = judge(&deck, &settings);
    assert!((verdict.factor - (1.0 - 0.01 * 28.0 / 3.0)).abs() < 1e-12 && verdict.exact);
    assert!((verdict.stability.intervals[0].high - 3.0 / 14.0).abs() < 1e-9);
    assert!((verdict.stability.best.0 - 3.0 / 28.0).abs() < 1e-9);
}

#[test]
fn models_without_a_factor() {
    let deck = deck();
    let settings = Settings::new(&deck, 0.01, 3.0, &[]).unwrap();
    let adam = settings.clone().with_optimizer(Optimizer::named("adam", &[]).unwrap());
    for settings in [adam, settings.with_shuffle(1)] {
        assert!(Curvature::of(&deck, &train(&deck, &settings), true).is_none());
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// With momentum two distances and two memories are what an epoch maps: the run in the long run
    /// shrinks by the spectral radius.
    #[test]
    fn momentum_is_judged_by_the_run(
        x in prop::collection::vec(0.3..1.5_f64, 1..5), rate in 0.01..1.5_f64,
        momentum in 0.05..0.95_f64, nesterov in any::<bool>(), decay in prop::sample::select(vec![0.0, 0.1]),
    ) {
        let model = model("loss = (x*w)^2", &[("x", &x)]);
        let options = [("momentum", momentum), ("nesterov", f64::from(nesterov)), ("weightDecay", decay)];
        let optimizer = Optimizer::named("sgd", &options).unwrap();
        let settings = Settings::new(&model, rate, 400.0, &[]).unwrap().with_optimizer(optimizer);
        let verdict = judge(&model, &settings);
        let run = train(&model, &settings);
        // The largest of the last epochs, since complex eigenvalues make the distance swing.
        let distance = |epoch: usize| (0..60).map(|back| run.parameters_before((epoch - back) * x.len())[0].abs()).fold(0.0, f64::max);
        let (near, far) = (distance(200), distance(400));
        prop_assume!(near > 1e-250 && far > 1e-250 && near < 1e250 && far < 1e250);
        let measured = (far / near).powf(1.0 / 200.0);
        prop_assert!((measured - verdict.factor).abs() <= 0.03 * verdict.factor, "{} for {}", measured, verdict.factor);
    }

    /// The factor of one parameter is the ratio of the distances after and before an epoch, and of
    /// several is that in the long run; just inside an interval a run shrinks, just outside it grows.
    #[test]
    fn the_factor_is_that_of_the_run(
        rows in prop::collection::vec((-3.0..3.0_f64, -3.0..3.0_f64), 1..6),
        rate in 0.001..0.5_f64,
    ) {
        let (x, y): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        prop_assume!(x.iter().any(|x| x.abs() > 0.3));
        let model = model("loss = (x*w - y)^2", &[("x", &x), ("y", &y)]);
        let verdict = verdict(&model, rate);
        prop_assert!(verdict.exact);
        let epoch = |rate: f64, w: f64| {
            let run = train(&model, &Settings::new(&model, rate, 1.0, &[("w", w)]).unwrap());
            run.parameters_before(run.steps())[0]
        };
        let measured = (epoch(rate, 1e3) - epoch(rate, -1e3)) / 2e3;
        prop_assert!((measured - verdict.factor).abs() <= 1e-9 * (1.0 + verdict.factor.abs()), "{} for {}", measured, verdict.factor);
        for interval in &verdict.stability.intervals {
            let grows = |rate: f64| ((epoch(rate, 1e3) - epoch(rate, -1e3)) / 2e3).abs() >= 1.0;
            prop_assert!(interval.low == 0.0 || grows(interval.low - 0.001 * interval.low), "{:?}", interval);
            let inside = interval.low + (interval.high.min(10.0) - interval.low) * 0.99;
            prop_assert!(!grows(inside), "{:?}", interval);
            prop_assert!(interval.high.is_infinite() || grows(interval.high * 1.000_001), "{:?}", interval);
        }
    }

    /// An epoch is an affine map of the two parameters, whose matrix is read off three runs; its
    /// eigenvalues are the roots of a quadratic.
    #[test]
    fn several_parameters_shrink_by_the_spectral_radius(
        rows in prop::collection::vec((-2.0..2.0_f64, -2.0..2.0_f64), 3..6),
        rate in 0.01..0.5_f64,
    ) {
        let (x, y): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        let model = model("loss = (x*w + b - y)^2", &[("x", &x), ("y", &y)]);
        let verdict = verdict(&model, rate);
        prop_assert!(verdict.exact);
        let epoch = |w: f64, b: f64| {
            let run = train(&model, &Settings::new(&model, rate, 1.0, &[("w", w), ("b", b)]).unwrap());
            [run.parameters_before(run.steps())[0], run.parameters_before(run.steps())[1]]
        };
        let (origin, by_w, by_b) = (epoch(0.0, 0.0), epoch(1.0, 0.0), epoch(0.0, 1.0));
        let [[a, c], [b, d]] = [by_w, by_b].map(|end| [end[0] - origin[0], end[1] - origin[1]]);
        let (half, determinant) = ((a + d) / 2.0, a * d - b * c);
        let root = half * half - determinant;
        let radius = if root < 0.0 { determinant.sqrt() } else { half.abs() + root.sqrt() };
        prop_assert!((radius - verdict.factor).abs() <= 1e-6 * (1.0 + radius), "{} for {}", radius, verdict.factor);
    }
}
