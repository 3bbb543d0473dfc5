//! The map of fates against single runs.

use downhill::autodiff::engine::Interpreter;
use downhill::learn::{Atlas, CellFate, LoopRuns, Model, Optimizer, Run, Settings, fates, train};

use crate::support::model;

fn deck() -> Model {
    model("y_hat = x*w\nloss = (y_hat - y)^2", &[("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])])
}

fn logistic() -> Model {
    model("z = w*x + b; loss = softplus(z) - y*z", &[("x", &[1.0, 2.0, -1.0]), ("y", &[1.0, 0.0, 1.0])])
}

/// By a run of its own: each sample's loss at the parameters before its step.
fn alone(model: &Model, settings: &Settings, goal: f64) -> CellFate {
    let run = train(model, settings);
    let (mut fate, mut first) = (CellFate::OnItsWay(f64::NAN), f64::NAN);
    for epoch in 0..settings.epochs() {
        let mut sum = 0.0;
        for step in epoch * run.batches()..(epoch + 1) * run.batches() {
            for &sample in run.samples_of(step) {
                sum += model.at(sample as usize, run.parameters_before(step)).values[model.graph().output()];
            }
        }
        let loss = sum / model.samples() as f64;
        first = if epoch == 0 { loss } else { first };
        let is_lost = !loss.is_finite() || loss.abs() > 1e9 * f64::max(first.abs(), f64::max(goal.abs(), 1e-9));
        fate = match fate {
            CellFate::OnItsWay(_) if loss <= goal => CellFate::Reached(epoch + 1),
            CellFate::OnItsWay(_) if is_lost => CellFate::Diverged(epoch + 1),
            CellFate::OnItsWay(_) => CellFate::OnItsWay(loss),
            fate => fate,
        };
    }
    fate
}

fn runs(model: &Model, run: &Run) -> LoopRuns<Interpreter> {
    LoopRuns::of(model, run.settings().optimizer(), 8, Interpreter::new).unwrap()
}

fn check(model: &Model, size: (usize, usize), goal: f64, setup: impl Fn(Settings) -> Settings) {
    let name = model.parameters()[0].clone();
    let atlas = Atlas { rates: (1e-3, 1.0), starts: (-5.0, 5.0), axis: 0, size };
    let of = |rate: f64, start: f64| setup(Settings::new(model, rate, 25.0, &[(&name, start)]).unwrap());
    let run = train(model, &of(0.01, 1.0));
    let all = fates(model, &run, &atlas, goal, 0..size.0 * size.1, &mut runs(model, &run));
    for (cell, fate) in all.iter().enumerate() {
        let (rate, start) = atlas.place(cell);
        assert_eq!(*fate, alone(model, &of(rate, start), goal), "learning rate {rate}, from {start}");
    }
    let kinds = |kind: fn(&CellFate) -> bool| all.iter().filter(|fate| kind(fate)).count();
    assert!(kinds(|fate| matches!(fate, CellFate::Reached(_))) > 0);
    assert!(kinds(|fate| matches!(fate, CellFate::OnItsWay(_))) > 0);
}

#[test]
fn a_map_is_its_single_runs() {
    check(&deck(), (50, 50), 1e-3, |settings| settings);
}

#[test]
fn other_models_and_settings_too() {
    let (deck, logistic) = (deck(), logistic());
    check(&logistic, (13, 11), 0.7, |settings| settings);
    check(&deck, (13, 11), 1e-3, |settings| settings.with_batch(&deck, 2.0).unwrap().with_shuffle(3));
    let momentum = Optimizer::named("sgd", &[("momentum", 0.5)]).unwrap();
    check(&deck, (13, 11), 1e-3, |settings| settings.with_optimizer(momentum));
    let adam = Optimizer::named("adam", &[]).unwrap();
    check(&logistic, (13, 11), 0.7, |settings| settings.with_optimizer(adam));
}

/// The second interval of learning rates is an island between two that diverge.
#[test]
fn the_island_is_on_the_map() {
    let deck = deck();
    let run = train(&deck, &Settings::new(&deck, 0.01, 30.0, &[]).unwrap());
    let atlas = Atlas { rates: (0.1, 1.0), starts: (0.0, 1.0), axis: 0, size: (200, 1) };
    let fate = fates(&deck, &run, &atlas, 1e-3, 0..200, &mut runs(&deck, &run));
    let converges = |rate: f64| {
        let cell = (0..200).min_by(|&a, &b| {
            let distance = |cell| (atlas.place(cell).0 / rate).ln().abs();
            distance(a).total_cmp(&distance(b))
        });
        matches!(fate[cell.unwrap()], CellFate::Reached(_))
    };
    let found = [0.12, 0.18, 0.3, 0.46, 0.5, 0.54].map(converges);
    assert_eq!(found, [true, true, false, false, true, false]);
}

/// Parts of a map are the map.
#[test]
fn a_map_may_be_made_in_parts() {
    let deck = deck();
    let run = train(&deck, &Settings::new(&deck, 0.01, 10.0, &[]).unwrap());
    let atlas = Atlas { rates: (1e-4, 1.0), starts: (-1.0, 3.0), axis: 0, size: (20, 5) };
    let whole = fates(&deck, &run, &atlas, 1e-3, 0..100, &mut runs(&deck, &run));
    let parts: Vec<CellFate> = [0..7, 7..64, 64..100]
        .into_iter()
        .flat_map(|cells| fates(&deck, &run, &atlas, 1e-3, cells, &mut runs(&deck, &run)))
        .collect();
    assert_eq!(parts.len(), 100);
    assert!(whole.iter().zip(&parts).all(|(a, b)| a == b));
}
