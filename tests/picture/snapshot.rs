//! Whole pictures as they were looked at and approved. `DOWNHILL_BLESS=1` writes them anew.

use std::fs;
use std::path::Path;

use downhill::picture::{Curve, Ghost, Scale, Theme, draw_curve, draw_graph, extent, svg};

use crate::deck;

#[track_caller]
pub fn check(name: &str, drawn: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/snapshots/{name}.svg"));
    if std::env::var_os("DOWNHILL_BLESS").is_some() {
        fs::write(&path, drawn).unwrap();
    }
    let approved = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        drawn == approved,
        "{name} differs from {}. If the new picture is right, run with DOWNHILL_BLESS=1. It is:\n{drawn}",
        path.display(),
    );
}

#[track_caller]
fn check_curve(name: &str, theme: &Theme, (width, height): (u32, u32), curve: &Curve) {
    check(name, &svg(width, height, theme, |area| draw_curve(area, curve, theme)).unwrap());
}

#[track_caller]
fn check_graph(name: &str, theme: &Theme, width: u32) {
    let diagram = deck::diagram();
    let height = extent(&diagram).height_at(f64::from(width)).ceil() as u32;
    check(name, &svg(width, height, theme, |area| draw_graph(area, &diagram, theme)).unwrap());
}

#[test]
fn the_decks_curve() {
    let losses = deck::losses(0.01, 10);
    let linear = Curve { moment: Some(7), ..Curve::of(&losses) };
    let log = Curve { scale: Scale::Log, ..linear };
    check_curve("curve-linear", &Theme::light().scaled(2.0), (900, 420), &linear);
    check_curve("curve-log", &Theme::light().scaled(2.0), (900, 420), &log);
    check_curve("curve-small-dark", &Theme::dark().scaled(2.0), (300, 180), &linear);
}

#[test]
fn curves_without_a_course() {
    let check = |name, losses: &[f64]| {
        check_curve(name, &Theme::light().scaled(2.0), (300, 180), &Curve::of(losses));
    };
    check("curve-empty", &[]);
    check("curve-single", &[3.0]);
    check("curve-constant", &[3.0; 30]);
}

#[test]
fn a_run_that_diverges() {
    let losses = deck::losses(0.3, 200);
    let diverged = losses.iter().position(|loss| *loss > 1e6);
    let curve = Curve { diverged, ..Curve::of(&losses[..40]) };
    check_curve("curve-diverged", &Theme::light().scaled(2.0), (300, 180), &curve);
}

#[test]
fn runs_that_are_compared() {
    let points = |losses: Vec<f64>| losses.into_iter().enumerate().map(|(step, loss)| (step as f64, loss)).collect();
    let ghost = |rate, chosen| Ghost { points: points(deck::losses(rate, 10)), chosen, name: None };
    let ghosts = [ghost(0.03, false), ghost(0.1, true), ghost(0.3, false)];
    let losses = deck::losses(0.01, 10);
    let linear = Curve { ghosts: &ghosts, ..Curve::of(&losses) };
    check_curve("curve-compared", &Theme::light().scaled(2.0), (700, 300), &linear);
    let log = Curve { scale: Scale::Log, ..linear };
    check_curve("curve-compared-log", &Theme::light().scaled(2.0), (700, 300), &log);
}

#[test]
fn a_run_that_arrives_exactly() {
    let losses = deck::losses(0.5, 4);
    let curve = Curve { scale: Scale::Log, ..Curve::of(&losses) };
    check_curve("curve-log-zero", &Theme::light().scaled(2.0), (300, 180), &curve);
}

#[test]
fn the_decks_graph() {
    check_graph("graph-light", &Theme::light().scaled(2.0), 700);
    check_graph("graph-dark", &Theme::dark().scaled(2.0), 700);
    check_graph("graph-narrow", &Theme::light().scaled(2.0), 328);
}
