//! Planes for learning: the landscape of the loss, and the fit of the data.

use super::geometry::Point;
use super::label::{loss_axis, shortened};
use super::plane::{Bands, Ink, Plane, Shape, mixed};
use super::{RGBColor, Theme};
use crate::learn::{Atlas, CellFate, Fit, Landscape, Model};

/// The length of a tangent, as a fraction of the width.
const TANGENT: f64 = 0.22;

/// The landscape around a run, with the path of the descent, the moment, and at the moment the
/// tangent, or for two parameters the direction against the gradient.
#[must_use]
pub fn landscape_plane(landscape: &Landscape, parameters: &[String], loss: &str) -> Plane {
    let parameter = |&axis: &usize| "parameter ".to_owned() + &shortened(&parameters[axis]);
    let name = |place: usize| landscape.axes.get(place).map_or_else(|| loss_axis(loss), parameter);
    let mut plane = Plane {
        horizontal: name(0),
        vertical: name(1),
        across: landscape.ranges[0],
        up: landscape.ranges.get(1).copied().unwrap_or_else(|| heights(landscape)),
        logarithmic: false,
        bands: None,
        shapes: Vec::new(),
    };
    if landscape.columns > 0 {
        plane.bands = Some(Bands { columns: landscape.columns, values: landscape.losses.clone() });
    } else {
        let curve = landscape.places().into_iter().zip(landscape.losses.iter().copied()).collect();
        plane.shapes.push(Shape::Line(curve, Ink::Value, 2.0));
    }
    let point = |(place, loss): &(Vec<f64>, f64)| (place[0], place.get(1).copied().unwrap_or(*loss));
    let path: Vec<Point> = landscape.path.iter().map(point).collect();
    let here = point(&landscape.here);
    plane.shapes.push(Shape::Line(path.clone(), Ink::Parameter, 1.0));
    plane.shapes.push(Shape::Dots(path, Ink::Parameter, 2.5));
    plane.shapes.push(Shape::Line(tangent(landscape, here), Ink::Gradient, 2.5));
    if let Some(next) = &landscape.next {
        plane.shapes.extend(step(here, point(next), landscape.axes.len()));
    }
    plane.shapes.push(Shape::Mark(here, Ink::Parameter));
    plane
}

/// The step from the moment to the next: over one parameter an arrow along its axis, and from
/// there to the new loss.
fn step(here: Point, next: Point, axes: usize) -> Vec<Shape> {
    let ring = Shape::Ring(next, Ink::Parameter);
    if axes == 2 {
        return vec![Shape::Arrow(here, next, Ink::LearningRate), ring];
    }
    let moved = (next.0, here.1);
    vec![Shape::Dashes(moved, next, Ink::LearningRate), Shape::Arrow(here, moved, Ink::LearningRate), ring]
}

/// From the smallest loss, or 0, to a little above the highest loss of the path.
fn heights(landscape: &Landscape) -> (f64, f64) {
    let finite = |losses: &mut dyn Iterator<Item = f64>| {
        let finite = losses.filter(|loss| loss.is_finite());
        finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), loss| (low.min(loss), high.max(loss)))
    };
    let (path_low, path_high) = finite(&mut landscape.path.iter().map(|point| point.1).chain([landscape.here.1]));
    let (low, high) = finite(&mut landscape.losses.iter().copied());
    let low = low.min(path_low).min(0.0);
    // The range of a path that stays at its minimum would have no height.
    let top = if path_high - low > 0.02 * (high - low) { path_high } else { low + 0.1 * (high - low) };
    match (low, top + 0.1 * (top - low)) {
        (low, top) if low.is_finite() && top.is_finite() && top > low => (low, top),
        (low, _) if low.is_finite() => (low, low + 1.0),
        _ => (0.0, 1.0),
    }
}

/// The tangent of the curve, or for two parameters a line against the gradient.
fn tangent(landscape: &Landscape, here: Point) -> Vec<Point> {
    let width = |(low, high): (f64, f64)| high - low;
    let across = width(landscape.ranges[0]);
    match (landscape.slopes.as_slice(), landscape.ranges.get(1)) {
        (&[slope], _) => {
            let reach = TANGENT * across / 2.0;
            vec![(here.0 - reach, here.1 - slope * reach), (here.0 + reach, here.1 + slope * reach)]
        }
        (&[by_first, by_second], Some(&up)) => {
            // Equal steps of the two parameters have different lengths on the screen.
            let length = (by_first / across).hypot(by_second / width(up));
            let reach = TANGENT / 2.0 / length;
            let end = (here.0 - by_first * reach, here.1 - by_second * reach);
            if length > 0.0 { vec![here, end] } else { Vec::new() }
        }
        _ => Vec::new(),
    }
}

/// The samples with the model's predictions: a curve over the only input with the error of the
/// sample `now`, or for several inputs the predictions against the targets, which should lie on the
/// diagonal.
#[must_use]
pub fn fit_plane(fit: &Fit, model: &Model, parameters: &[f64], start: &[f64], now: &[u32]) -> Plane {
    let points = fit.points(model, parameters);
    let name = |place: Option<usize>| shortened(place.map_or("prediction", |place| model.inputs()[place].as_str()));
    let prediction = shortened(model.graph().name(fit.node).unwrap_or("prediction"));
    let across = roomy(points.iter().map(|point| point.0));
    let up = roomy(points.iter().map(|point| point.1));
    let (horizontal, vertical) = match fit.input {
        Some(input) => {
            (format!("input {}", name(Some(input))), format!("{}: dots; {prediction}: line", name(fit.target)))
        }
        None => (format!("target {}", name(fit.target)), format!("prediction {prediction}")),
    };
    let shapes = match fit.input {
        Some(_) => {
            let [before, line] = [start, parameters].map(|parameters| fit.curve(model, across, parameters));
            let mut shapes = vec![Shape::Line(before, Ink::Data, 1.0), Shape::Line(line, Ink::Value, 2.5)];
            shapes.push(Shape::Dots(points, Ink::Data, 3.5));
            shapes.extend(error_of(fit, model, parameters, now).into_iter().flatten());
            shapes
        }
        None => {
            let diagonal = vec![(across.0, across.0), (across.1, across.1)];
            vec![Shape::Line(diagonal, Ink::Data, 1.0), Shape::Dots(points, Ink::Value, 3.0)]
        }
    };
    Plane { horizontal, vertical, across, up, logarithmic: false, bands: None, shapes }
}

/// The sample of a step, if it is only one, and how far the prediction is from it.
fn error_of(fit: &Fit, model: &Model, parameters: &[f64], now: &[u32]) -> Option<[Shape; 2]> {
    let &[sample] = now else { return None };
    let row = model.row(sample as usize);
    let (input, target) = (row[fit.input?], row[fit.target?]);
    let prediction = *fit.predict(model, &[input], parameters)?.first()?;
    let sample = (input, target);
    Some([Shape::Dashes(sample, (input, prediction), Ink::Gradient), Shape::Mark(sample, Ink::Data)])
}

/// The range of the numbers with a margin at both ends, extended to 0 if 0 is near.
fn roomy(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let finite = numbers.filter(|number| number.is_finite());
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), n| (low.min(n), high.max(n)));
    if low > high {
        return (0.0, 1.0);
    }
    let room = (0.15 * (high - low)).max(0.05 * low.abs()).max(1e-3);
    let low = if low > 0.0 && low < high - low { 0.0 } else { low - room };
    (low, high + room)
}

/// The frame of a map of fates, with the mark of a run.
#[must_use]
pub fn atlas_plane(atlas: &Atlas, parameter: &str, here: Point) -> Plane {
    Plane {
        horizontal: "learning rate α".to_owned(),
        vertical: format!("initial {}", shortened(parameter)),
        across: (atlas.rates.0.log10(), atlas.rates.1.log10()),
        up: atlas.starts,
        logarithmic: true,
        bands: None,
        shapes: vec![Shape::Mark((here.0.log10(), here.1), Ink::Data)],
    }
}

/// The colour of a fate; the earlier it is decided, the darker. Blue: the run reached the goal.
/// Vermillion: it diverged. Grey: neither.
#[must_use]
pub fn fate_colour(fate: CellFate, epochs: usize, theme: &Theme) -> RGBColor {
    let late = |epoch: usize| (epoch as f64).ln() / (epochs.max(2) as f64).ln();
    match fate {
        CellFate::Reached(epoch) => mixed(theme.value, theme.background, 0.85 * late(epoch)),
        CellFate::Diverged(epoch) => mixed(theme.gradient, theme.background, 0.7 * late(epoch)),
        CellFate::OnItsWay(_) => mixed(theme.grid, theme.background, 0.2),
    }
}
