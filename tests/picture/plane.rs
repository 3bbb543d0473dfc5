//! Planes: what a place means, what is cut, and that nothing can spoil them.

use downhill::formula::Program;
use downhill::learn::{Column, Data, Fit, GraphPoints, Landscape, Model, Run, Settings, Viewpoint, train};
use downhill::picture::{Bands, Ink, Plane, Shape, Theme, draw_plane, fit_plane, landscape_plane, svg, value_at};

use crate::snapshot::check;

fn model(program: &str) -> Model {
    let column = |name: &str, values: [f64; 3]| Column::numbers(name, values);
    let data = Data::new(vec![column("x", [1.0, 2.0, 3.0]), column("y", [2.0, 4.0, 6.0])]).unwrap();
    Model::new(Program::parse(program).unwrap(), data).unwrap()
}

fn run(model: &Model, rate: f64) -> Run {
    train(model, &Settings::new(model, rate, 6.0, &[]).unwrap())
}

fn seen(model: &Model, run: &Run, step: usize, axes: &[usize]) -> Landscape {
    let from = Viewpoint { step, axes, samples: &[0, 1, 2], ranges: None };
    Landscape::of(model, run, from, &mut GraphPoints::of(model))
}

fn drawn(plane: &Plane, theme: &Theme) -> String {
    svg(420, 260, theme, |area| draw_plane(area, plane, theme)).unwrap()
}

#[test]
fn landscapes_and_fit() {
    let line = model("y_hat = x*w\nloss = (y_hat - y)^2");
    let theme = Theme::light().scaled(2.0);
    let steps = run(&line, 0.06);
    let landscape = seen(&line, &steps, 1, &[0]);
    check("landscape-one", &drawn(&landscape_plane(&landscape, line.parameters(), "loss"), &theme));
    let (now, before) = (steps.parameters_before(2), steps.parameters_before(0));
    let fit = fit_plane(&Fit::of(&line).unwrap(), &line, now, before, steps.samples_of(2));
    check("fit", &drawn(&fit, &Theme::dark().scaled(2.0)));
    let both = model("y_hat = x*w + b\nloss = (y_hat - y)^2");
    let landscape = seen(&both, &run(&both, 0.05), 2, &[0, 1]);
    check("landscape-two", &drawn(&landscape_plane(&landscape, both.parameters(), "loss"), &theme));
}

fn plane(across: (f64, f64), up: (f64, f64), shapes: Vec<Shape>) -> Plane {
    Plane {
        horizontal: "w".to_owned(),
        vertical: "loss".to_owned(),
        across,
        up,
        logarithmic: false,
        bands: None,
        shapes,
    }
}

#[test]
fn a_place_is_a_pair_of_numbers() {
    let plane = plane((-2.0, 2.0), (0.0, 10.0), Vec::new());
    let at = |place| value_at(&plane, (400.0, 300.0), place).unwrap();
    assert_eq!((at((-50.0, 1e6)), at((1e6, -50.0))), ((-2.0, 0.0), (2.0, 10.0)), "outside: the border");
    let (left, right) = (at((100.0, 100.0)), at((200.0, 50.0)));
    assert!(left.0 < right.0 && left.1 < right.1);
    assert_eq!(value_at(&plane, (100.0, 300.0), (5.0, 5.0)), None, "too small for a plot");
}

/// A mark is drawn where `value_at` finds its numbers.
#[test]
fn what_is_drawn_is_found_again() {
    let point = (0.5, 2.5);
    let plane = plane((-2.0, 2.0), (0.0, 10.0), vec![Shape::Mark(point, Ink::Parameter)]);
    let text = drawn(&plane, &Theme::light());
    let circle = text.rsplit("<circle").next().unwrap();
    let number = |name: &str| {
        circle.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().parse::<f64>().unwrap()
    };
    let found = value_at(&plane, (420.0, 260.0), (number("cx"), number("cy"))).unwrap();
    assert!((found.0 - point.0).abs() < 0.01 && (found.1 - point.1).abs() < 0.05, "{found:?}");
}

#[test]
fn a_line_is_cut_at_the_frame() {
    let points = vec![(-10.0, 5.0), (10.0, 5.0), (f64::NAN, 1.0), (0.0, 20.0), (1.0, -20.0), (0.0, 30.0)];
    let text = drawn(&plane((-2.0, 2.0), (0.0, 10.0), vec![Shape::Line(points, Ink::Value, 2.0)]), &Theme::light());
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("<polyline")).collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    for number in lines
        .iter()
        .flat_map(|line| line.split("points=\"").nth(1).unwrap().split('"').next().unwrap().split([' ', ',']))
    {
        assert!(number.is_empty() || (0.0..=420.0).contains(&number.parse::<f64>().unwrap()), "{number}");
    }
}

#[test]
fn nothing_spoils_a_plane() {
    let wild = [f64::NAN, f64::INFINITY, -f64::INFINITY, 1e308, -1e308, 5e-324, 0.0, 1.0];
    let points: Vec<(f64, f64)> = wild.iter().flat_map(|&x| wild.iter().map(move |&y| (x, y))).collect();
    let shapes = || {
        vec![
            Shape::Line(points.clone(), Ink::Gradient, 2.0),
            Shape::Dots(points.clone(), Ink::Data, 3.0),
            Shape::Mark((f64::NAN, 0.0), Ink::Value),
        ]
    };
    let ranges = [(-1.0, 1.0), (-1e308, 1e308), (1.0, 1.0 + f64::EPSILON), (0.0, 5e-324), (1e300, 1.1e300)];
    for across in ranges {
        for up in ranges {
            let bands = Some(Bands { columns: 8, values: wild.repeat(6) });
            let text = drawn(&Plane { bands, ..plane(across, up, shapes()) }, &Theme::light());
            assert!(!text.contains("NaN") && !text.contains("inf"));
        }
    }
}

/// All cells of one size: no band, and no division by nothing.
#[test]
fn a_flat_field_is_drawn() {
    let bands = Some(Bands { columns: 2, values: vec![3.0; 4] });
    let text = drawn(&Plane { bands, ..plane((0.0, 1.0), (0.0, 1.0), Vec::new()) }, &Theme::light());
    assert!(text.contains("<rect"));
}
