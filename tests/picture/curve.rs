//! What the loss curve shows.

use downhill::picture::{Curve, Scale};

use crate::deck;
use crate::drawing::{Drawing, of_curve};

/// Two drawing units, the most that rounding can move the ends of a distance apart.
const ROUNDING: f64 = 0.5;

fn wide(curve: &Curve) -> Drawing {
    let drawing = of_curve(curve, 900, 420);
    drawing.check();
    drawing
}

fn log(losses: &[f64]) -> Curve<'_> {
    Curve { scale: Scale::Log, ..Curve::of(losses) }
}

/// The words of the picture are the axis' names, these labels of losses and these of steps.
#[track_caller]
fn check_labels(curve: &Curve, losses: &[&str], steps: &[&str]) {
    let mut expected: Vec<_> = losses.to_vec();
    expected.extend(steps);
    expected.extend(["loss: how wrong", "step"]);
    assert_eq!(wide(curve).words(), expected);
}

#[test]
fn ticks_are_round_numbers_that_differ() {
    check_labels(&Curve::of(&[4.0, 1.0]), &["0", "1", "2", "3", "4"], &["0", "1"]);
    check_labels(&Curve::of(&[0.5, 0.1]), &["0", "0.1", "0.2", "0.3", "0.4", "0.5"], &["0", "1"]);
    check_labels(&Curve::of(&[1e-7, 0.0]), &["0", "2e−8", "4e−8", "6e−8", "8e−8", "1e−7"], &["0", "1"]);
    check_labels(&Curve::of(&[1.5e7, 0.0]), &["0", "5e6", "1e7", "1.5e7"], &["0", "1"]);
    check_labels(&Curve::of(&[-2.0, 2.0]), &["−2", "−1", "0", "1", "2"], &["0", "1"]);
    check_labels(&Curve::of(&[1e308, -1e308]), &["−1e308", "−5e307", "0", "5e307", "1e308"], &["0", "1"]);
    check_labels(&Curve::of(&[0.0]), &["0", "0.2", "0.4", "0.6", "0.8", "1.0"], &["0", "1"]);
}

#[test]
fn ticks_of_a_log_axis_are_powers_of_ten() {
    check_labels(&log(&[5.0, 0.02]), &["0.01", "0.1", "1", "10"], &["0", "1"]);
    check_labels(&log(&[1.0, 1e-8]), &["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "10⁰"], &["0", "1"]);
    check_labels(&log(&[1.0]), &["0.1", "1", "10"], &["0", "1"]);
}

#[test]
fn a_small_picture_has_fewer_ticks() {
    let losses = deck::losses(0.01, 10);
    let drawing = of_curve(&Curve::of(&losses), 300, 180);
    drawing.check();
    assert_eq!(drawing.words(), ["0", "2", "4", "0", "10", "20", "30", "loss: how wrong", "step"]);
}

#[test]
fn heights_are_proportional_to_losses() {
    let losses = deck::losses(0.01, 10);
    let points = wide(&Curve::of(&losses)).lines().concat();
    let floor = wide(&Curve::of(&[losses[0], 0.0])).lines()[0][1].1;
    let full = floor - points[0].1;
    assert_eq!(points.len(), losses.len());
    for (point, loss) in points.iter().zip(&losses) {
        let expected = floor - full * loss / losses[0];
        assert!((point.1 - expected).abs() <= ROUNDING, "{loss} at {point:?}, not {expected}");
    }
}

#[test]
fn equal_ratios_are_equal_distances_on_a_log_axis() {
    let losses: Vec<_> = (0..12).map(|k| 7.0 * 0.5f64.powi(k)).collect();
    let points = wide(&log(&losses)).lines().concat();
    let drop = (points[11].1 - points[0].1) / 11.0;
    for pair in points.windows(2) {
        assert!((pair[1].1 - pair[0].1 - drop).abs() <= ROUNDING, "{pair:?}, not {drop}");
    }
}

#[test]
fn the_moment_is_marked_on_the_line() {
    let losses = deck::losses(0.01, 10);
    let drawing = wide(&Curve { moment: Some(7), ..Curve::of(&losses) });
    assert_eq!(drawing.dots().last(), Some(&drawing.lines()[0][7]));
    let without = wide(&Curve { moment: Some(losses.len()), ..Curve::of(&losses) });
    assert_eq!(without.dots().len(), losses.len());
}

#[test]
fn divergence_is_noted_at_its_step_and_ends_the_line() {
    let losses: Vec<_> = (0..40).map(|k| 10f64.powi(k)).collect();
    let drawing = wide(&Curve { diverged: Some(12), ..Curve::of(&losses) });
    assert_eq!(drawing.words().last().unwrap(), "diverged at step 12");
    assert_eq!(drawing.lines()[0].len(), 13);
    assert!(drawing.rectangles("#B84A00").len() > 10, "no dashes");
}

#[test]
fn a_loss_that_is_not_finite_is_divergence() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let drawing = wide(&Curve::of(&[4.0, 5.0, 6.0, bad, 7.0]));
        assert_eq!(drawing.words().last().unwrap(), "diverged at step 3");
        assert_eq!(drawing.lines()[0].len(), 3);
    }
}

#[test]
fn words_at_the_edges_stay_inside() {
    for diverged in [0, 1, 38, 39] {
        let losses = [1.0; 40];
        for (width, height) in [(140, 120), (300, 180), (900, 420)] {
            let curve = Curve { diverged: Some(diverged), ..Curve::of(&losses) };
            of_curve(&curve, width, height).check();
        }
    }
}

#[test]
fn a_log_axis_says_where_the_loss_is_zero() {
    let drawing = wide(&log(&[1.0, 0.1, 0.0, 0.0, 0.1, 0.1, 0.0]));
    assert_eq!(drawing.words().last().unwrap(), "exactly 0 at step 2");
    assert_eq!(drawing.shapes().len(), 2);
    assert_eq!(drawing.lines().iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
    let drawing = wide(&log(&[1.0, -0.5]));
    assert_eq!(drawing.words().last().unwrap(), "below 0 at step 1");
}

#[test]
fn many_losses_keep_their_extremes() {
    let mut losses = vec![1.0; 100_000];
    losses[70_001] = 9.0;
    losses[30_001] = 0.0;
    let points = wide(&Curve::of(&losses)).lines().concat();
    let most = 2 * 4 * 900;
    assert!(points.len() <= most, "{} points", points.len());
    let heights = |pick: fn(f64, f64) -> f64| points.iter().map(|p| p.1).reduce(pick).unwrap();
    assert_eq!((heights(f64::min), heights(f64::max)), (30.0, 394.0));
}

#[test]
fn a_picture_too_small_for_axes_is_cleared() {
    let losses = deck::losses(0.01, 10);
    let drawing = of_curve(&Curve::of(&losses), 60, 40);
    drawing.check();
    assert_eq!((drawing.words().len(), drawing.rectangles("#FFFFFF").len()), (0, 1));
}
