//! The two sweeps against forward mode, finite differences and sums by hand.

use downhill::autodiff::{Graph, Operation, Sweep, lower};
use downhill::formula::Program;
use proptest::prelude::*;

use crate::dual::{Dual, dual};
use crate::support::{NAMES, any_program, cases, close, evaluate, program};

/// Passes both ways with a number for each variable, in the order of [`NAMES`].
fn passes(graph: &Graph, numbers: [f64; 3]) -> Sweep {
    let mut sweep = Sweep::new(graph);
    for (slot, name) in sweep.values.iter_mut().zip(graph.variables()) {
        *slot = numbers[NAMES.iter().position(|known| known == name).unwrap()];
    }
    sweep.forward(graph);
    sweep.backward(graph);
    sweep
}

/// Reverse mode must give what forward mode gives for each variable.
fn check_against_forward_mode(program: &Program, numbers: [f64; 3]) -> Result<(), TestCaseError> {
    let graph = lower(program, &[]);
    let sweep = passes(&graph, numbers);
    for (variable, name) in graph.variables().iter().enumerate() {
        let Dual { value, derivative, scale, moderate, .. } = dual(program, name, numbers);
        prop_assume!(moderate);
        let ours = sweep.values[graph.output()];
        prop_assert!(close(ours, value, 1e-12), "value {ours} for {value}\n{program}");
        // A sum that cancels has digits in proportion to its terms.
        let ours = sweep.gradients[variable];
        let equal = (ours - derivative).abs() <= 1e-12 * scale;
        prop_assert!(equal, "{name} at {numbers:?}: {ours} for {derivative}\n{program}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn reverse_mode_is_forward_mode(program in any_program(), numbers in prop::array::uniform3(-3.0..3.0)) {
        check_against_forward_mode(&program, numbers)?;
    }

    #[test]
    fn at_kinks_too(program in any_program(), numbers in prop::array::uniform3(-2..=2i8)) {
        check_against_forward_mode(&program, numbers.map(f64::from))?;
    }
}

/// A program, numbers for x, w and ŷ, and a tolerance relative to the derivative.
#[track_caller]
fn check_difference(source: &str, numbers: [f64; 3]) {
    let program = program(source);
    let graph = lower(&program, &[]);
    let sweep = passes(&graph, numbers);
    for (variable, name) in graph.variables().iter().enumerate() {
        let index = NAMES.iter().position(|known| known == name).unwrap();
        let value = |shift: f64| {
            let mut shifted = numbers;
            shifted[index] += shift;
            passes(&graph, shifted).values[graph.output()]
        };
        let h = 1e-5;
        let difference = (value(h) - value(-h)) / (2.0 * h);
        let ours = sweep.gradients[variable];
        assert!(close(ours, difference, 1e-8), "{source} by {name}: {ours} for {difference}");
    }
}

#[test]
fn gradients_are_limits_of_differences() {
    for point in [[0.7, 1.3, 0.4], [2.1, 0.3, 1.9], [0.2, 2.2, 0.9]] {
        for function in ["exp", "log", "sqrt", "sin", "cos", "tan", "tanh", "sigmoid", "softplus", "relu", "abs"] {
            check_difference(&format!("{function}(x*w)"), point);
            check_difference(&format!("{function}(x + w)^2 - ŷ"), point);
        }
        for formula in ["max(x, w)*ŷ", "min(x, w)*ŷ", "x^w", "x/w", "x^3", "x^-1.5", "-x*w", "x - w", "(x*w - ŷ)^2"]
        {
            check_difference(formula, point);
        }
    }
}

fn gradient(source: &str, name: &str, numbers: [f64; 3]) -> f64 {
    let graph = lower(&program(source), &[]);
    passes(&graph, numbers).gradients[graph.find(name).unwrap()]
}

#[test]
fn gradients_of_a_value_that_is_used_twice_add_up() {
    assert_eq!(gradient("w*w", "w", [0.0, 3.0, 0.0]), 6.0);
    assert_eq!(gradient("a = w*x; a*a + a", "a", [2.0, 3.0, 0.0]), 13.0);
    assert_eq!(gradient("a = w*x; a*a + a", "w", [2.0, 3.0, 0.0]), 26.0);
    assert_eq!(gradient("w + w - w", "w", [0.0, 3.0, 0.0]), 1.0);
}

/// The graph that the deck draws, at x = 1, ŷ (its y) = 2 and w = 1.
#[test]
fn the_decks_graph() {
    let graph = lower(&program("p = x*w\ns = p - ŷ\nloss = s^2"), &["x", "ŷ"]);
    let sweep = passes(&graph, [1.0, 1.0, 2.0]);
    let node = |name: &str| graph.find(name).map(|node| (sweep.values[node], sweep.gradients[node])).unwrap();
    assert_eq!(["x", "ŷ", "w", "p", "s", "loss"].map(|name| graph.find(name).unwrap()), [0, 1, 2, 3, 4, 5]);
    assert_eq!([node("x"), node("w"), node("p")], [(1.0, -2.0), (1.0, -2.0), (1.0, -2.0)]);
    assert_eq!([node("s"), node("loss"), node("ŷ")], [(-1.0, -2.0), (1.0, 1.0), (2.0, 2.0)]);
    assert_eq!(graph.operation(5), Some(Operation::PowerOf(2.0)));
    assert_eq!(graph.inputs(4), [3, 1]);
    assert_eq!(graph.local_derivatives(3, &sweep.values), [1.0, 1.0]);
    assert_eq!(graph.local_derivatives(4, &sweep.values), [1.0, -1.0]);
    assert_eq!(graph.local_derivatives(5, &sweep.values), [-2.0]);
    assert!(graph.local_derivatives(0, &sweep.values).is_empty());
}

#[test]
fn what_does_not_reach_the_output_is_unused() {
    let graph = lower(&program("a = x*w; b = a + 1; loss = w^2"), &["x"]);
    let used = |name: &str| graph.used()[graph.find(name).unwrap()];
    assert_eq!(["x", "w", "a", "b", "loss"].map(used), [false, true, false, false, true]);
    assert_eq!(passes(&graph, [2.0, 3.0, 0.0]).gradients[graph.find("w").unwrap()], 6.0);
}

#[test]
fn dependence_follows_the_edges() {
    let graph = lower(&program("a = x*w; b = w + 1; loss = a*b"), &["x"]);
    let depends = graph.depends(&[true, false]);
    let on_x = |name: &str| depends[graph.find(name).unwrap()];
    assert_eq!(["x", "w", "a", "b", "loss"].map(on_x), [true, false, true, false, true]);
}

/// A line that only repeats a value is a node of its own, so that every line has one.
/// The degree in `w`, and as its witness the differences of the values: of a polynomial of degree
/// d those of order d are a number other than 0, and those of order d + 1 are 0.
#[track_caller]
fn check_degree(source: &str, expected: Option<u32>) {
    let (program, names) = (program(source), ["w"]);
    let graph = lower(&program, &[]);
    let sources: Vec<bool> = graph.variables().iter().map(|name| names.contains(&name.as_str())).collect();
    assert_eq!(graph.degree(&sources), expected, "{source}");
    let Some(degree) = expected else { return };
    let value = |w: u32| {
        let number = |name: &String| if names.contains(&name.as_str()) { f64::from(w) } else { 0.5 };
        evaluate(&program, &graph.variables().iter().map(number).collect::<Vec<f64>>())
    };
    let mut differences: Vec<f64> = (0..degree + 2).map(value).collect();
    for _ in 0..degree {
        differences = differences.windows(2).map(|pair| pair[1] - pair[0]).collect();
    }
    assert!(differences[0] != 0.0 && close(differences[0], differences[1], 1e-12), "{source}: {differences:?}");
}

#[test]
fn degrees_of_polynomials() {
    for (source, degree) in [
        ("x + 1", Some(0)),
        ("exp(x)^x", Some(0)),
        ("w", Some(1)),
        ("-w*x/exp(x) + log(x)", Some(1)),
        ("y_hat = x*w\nloss = (y_hat - y)^2", Some(2)),
        ("w*w*w + w^2", Some(3)),
        ("(w^2 + 1)^3 - w^5", Some(6)),
        ("(w*x)^0 + w", Some(1)),
        ("unused = exp(w)\nloss = w^2", Some(2)),
        ("1/w", None),
        ("w^0.5", None),
        ("w^-1", None),
        ("2^w", None),
        ("abs(w)", None),
        ("max(w, 1)", None),
        ("sigmoid(x*w)^2", None),
    ] {
        check_degree(source, degree);
    }
}

#[test]
fn every_line_is_a_node() {
    let graph = lower(&program("a = w; b = a; c = 2; loss = b*c"), &[]);
    let operations = ["a", "b", "c", "loss"].map(|name| graph.operation(graph.find(name).unwrap()).unwrap().symbol());
    assert_eq!(operations, ["=", "=", "=", "×"]);
    assert_eq!(gradient("a = w; b = a; c = 2; loss = b*c", "w", [0.0, 5.0, 0.0]), 2.0);
}

#[test]
fn a_long_sum_has_a_gradient() {
    let sum = vec!["w"; 10_000].join(" + ");
    assert_eq!(gradient(&sum, "w", [0.0, 1.0, 0.0]), 10_000.0);
}

#[test]
fn a_constant_program_has_a_value_and_no_gradient() {
    let graph = lower(&program("2"), &[]);
    let sweep = passes(&graph, [0.0; 3]);
    assert_eq!((graph.variables().len(), sweep.values[graph.output()]), (0, 2.0));
}

proptest! {
    #![proptest_config(cases(1_000))]

    /// Walking through the phases in any order visits the same states, of which the last is the
    /// whole sweep.
    #[test]
    fn walks_through_the_phases_visit_the_same_states(
        program in any_program(),
        numbers in prop::array::uniform3(0.2..2.5),
        walk in prop::collection::vec(any::<bool>(), 30),
    ) {
        let graph = lower(&program, &[]);
        let sweep = passes(&graph, numbers);
        let states: Vec<_> = graph.phases().into_iter().map(|phase| graph.progress(&sweep, phase)).collect();
        let mut place = 0_usize;
        for on in walk {
            place = if on { (place + 1).min(states.len() - 1) } else { place.saturating_sub(1) };
            let again = graph.progress(&sweep, graph.phases()[place]);
            prop_assert_eq!(format!("{again:?}"), format!("{:?}", states[place]));
        }
        let whole = &states[states.len() - 1];
        for (node, used) in graph.used().into_iter().enumerate() {
            let gradient = whole.gradients[node];
            let same = gradient.is_none_or(|gradient| (gradient == sweep.gradients[node]) || gradient.is_nan());
            prop_assert!(same && gradient.is_some() == used, "{}: node {}", program, node);
            prop_assert!(whole.values[node].is_some() && states[0].values[node].is_some() == (node < graph.leaves()));
        }
        let known = |state: &downhill::autodiff::Progress| state.values.iter().chain(&state.gradients).flatten().count();
        prop_assert!(states.windows(2).all(|pair| known(&pair[0]) <= known(&pair[1])));
    }
}
