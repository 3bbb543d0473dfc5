//! The landscape and the fit against formulas by hand.

use downhill::autodiff::engine::Interpreter;
use downhill::learn::{
    Fit, GraphPoints, Landscape, LoopPoints, Model, Range, Run, Settings, Viewpoint, missing_loss, train,
};
use proptest::prelude::*;

use crate::support::{cases, close, model};

fn deck() -> Model {
    model("y_hat = x*w\nloss = (y_hat - y)^2", &[("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])])
}

/// Both ways to evaluate a model give the same landscape, bit for bit.
fn seen(
    model: &Model,
    run: &Run,
    step: usize,
    axes: &[usize],
    samples: &[u32],
    ranges: Option<Vec<Range>>,
) -> Landscape {
    let from = Viewpoint { step, axes, samples, ranges };
    let landscape = Landscape::of(model, run, from.clone(), &mut GraphPoints::of(model));
    let mut loops = LoopPoints::of(model, 8, Interpreter::new).unwrap();
    let bits = |landscape: &Landscape| {
        let path = landscape.path.iter().flat_map(|(place, loss)| place.iter().chain([loss]));
        let numbers = landscape.losses.iter().chain(&landscape.slopes).chain(path).chain([&landscape.here.1]);
        numbers.map(|number| if number.is_nan() { 0 } else { number.to_bits() }).collect::<Vec<u64>>()
    };
    assert_eq!(bits(&landscape), bits(&Landscape::of(model, run, from, &mut loops)));
    landscape
}

fn landscape(model: &Model, step: usize, axes: &[usize], samples: &[u32], rate: f64) -> Landscape {
    let run = train(model, &Settings::new(model, rate, 10.0, &[]).unwrap());
    seen(model, &run, step, axes, samples, None)
}

/// The mean of (x*w - 2*x)^2 over x = 1, 2, 3 is 14/3*(w - 2)^2, with the slope 28/3*(w - 2).
#[test]
fn the_decks_landscape_is_a_parabola() {
    let landscape = landscape(&deck(), 3, &[0], &[0, 1, 2], 0.01);
    for (w, &loss) in landscape.places().iter().zip(&landscape.losses) {
        assert!(close(loss, 14.0 / 3.0 * (w - 2.0) * (w - 2.0), 1e-13), "{w}: {loss}");
    }
    let (here, loss) = &landscape.here;
    assert!(close(*loss, 14.0 / 3.0 * (here[0] - 2.0).powi(2), 1e-13));
    assert!(close(landscape.slopes[0], 28.0 / 3.0 * (here[0] - 2.0), 1e-13));
    assert_eq!((landscape.path.len(), landscape.path[0].0[0], landscape.columns), (31, 1.0, 0));
    let (low, high) = landscape.ranges[0];
    assert!(low < 1.0 && high > 2.0);
}

/// Of the first sample alone: (w - 2)^2 and the slope that the deck prints.
#[test]
fn one_sample_has_a_landscape_of_its_own() {
    let landscape = landscape(&deck(), 0, &[0], &[0], 0.01);
    assert_eq!((landscape.here.1, landscape.slopes[0], landscape.samples), (1.0, -2.0, 1));
}

#[test]
fn over_two_parameters_the_others_stay() {
    let model = model("(x*a + b + c - y)^2", &[("x", &[1.0, 2.0]), ("y", &[0.0, 1.0])]);
    let landscape = landscape(&model, 2, &[2, 0], &[0, 1], 0.05);
    let columns = landscape.columns;
    let rows = landscape.losses.len() / columns;
    let center =
        |(low, high): (f64, f64), cell: usize, cells: usize| low + (high - low) * (cell as f64 + 0.5) / cells as f64;
    let run = train(&model, &Settings::new(&model, 0.05, 10.0, &[]).unwrap());
    let b = run.parameters_before(2)[1];
    for place in [0, 5, columns * 7 + 3, columns * rows - 1] {
        let c = center(landscape.ranges[0], place % columns, columns);
        let a = center(landscape.ranges[1], place / columns, rows);
        let expected = ((a + b + c).powi(2) + (2.0 * a + b + c - 1.0).powi(2)) / 2.0;
        assert!(close(landscape.losses[place], expected, 1e-12), "{place}");
    }
    assert_eq!(landscape.here.0, [run.parameters_before(2)[2], run.parameters_before(2)[0]]);
}

#[test]
fn a_diverging_path_is_followed_while_it_is_in_the_picture() {
    let landscape = landscape(&deck(), 0, &[0], &[0, 1, 2], 0.6);
    assert!(landscape.path.len() < 8 && landscape.ranges[0].1 - landscape.ranges[0].0 < 100.0, "{landscape:?}");
}

#[test]
fn given_ranges_stay() {
    let deck = deck();
    let run = train(&deck, &Settings::new(&deck, 0.01, 1.0, &[]).unwrap());
    let landscape = seen(&deck, &run, 0, &[0], &[0], Some(vec![(-1.0, 1.0)]));
    assert_eq!((landscape.ranges.as_slice(), landscape.places()[0]), (&[(-1.0, 1.0)][..], -1.0));
}

#[test]
fn what_is_fitted() {
    let data: &[(&str, &[f64])] = &[("x", &[1.0, 2.0]), ("z", &[5.0, 6.0]), ("y", &[3.0, 4.0])];
    let line = model("y_hat = x*w; (y_hat - y)^2", data);
    let fit = Fit::of(&line).unwrap();
    assert_eq!((fit.input, fit.target), (Some(0), Some(1)));
    assert_eq!(fit.points(&line, &[2.0]), [(1.0, 3.0), (2.0, 4.0)]);
    assert_eq!(fit.predict(&line, &[4.0, -1.0], &[2.0]), Some(vec![8.0, -2.0]));
    assert_eq!(
        (fit.curve(&line, (0.0, 1.0), &[2.0])[0], fit.curve(&line, (0.0, 1.0), &[2.0])[159]),
        ((0.0, 0.0), (1.0, 2.0))
    );
    let plane = model("y_hat = x*v + z*w; (y_hat - y)^2", data);
    let fit = Fit::of(&plane).unwrap();
    assert_eq!((fit.input, fit.target), (None, Some(2)));
    assert_eq!(fit.points(&plane, &[1.0, 1.0]), [(3.0, 6.0), (4.0, 8.0)]);
    assert_eq!(Fit::of(&model("(x*w - y)^2", data)), None);
}

#[test]
fn a_program_that_ends_in_its_prediction_has_no_loss() {
    let data: &[(&str, &[f64])] = &[("x", &[1.0]), ("y", &[3.0])];
    assert_eq!(missing_loss(&model("y_hat = x*w", data)).as_deref(), Some("loss = (y_hat - y)^2"));
    assert_eq!(missing_loss(&model("y_hat = x*w; s = y_hat - y", data)), None);
    assert_eq!(missing_loss(&model("y_hat = x*w", &data[..1])), None);
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn any_run_has_a_landscape(rate in prop::num::f64::POSITIVE, w in prop::num::f64::ANY, step in 0..30_usize) {
        let deck = model("y_hat = x*w + b\nloss = (y_hat - y)^2", &[("x", &[1.0, 2.0, 3.0]), ("y", &[2.0, 4.0, 6.0])]);
        let Ok(settings) = Settings::new(&deck, rate, 10.0, &[("w", w)]) else { return Ok(()) };
        let run = train(&deck, &settings);
        for axes in [&[0][..], &[1], &[0, 1]] {
            let landscape = seen(&deck, &run, step, axes, &[0, 1, 2], None);
            prop_assert!(landscape.ranges.iter().all(|(low, high)| low < high && low.is_finite() && high.is_finite()), "{:?}", landscape.ranges);
        }
    }
}
