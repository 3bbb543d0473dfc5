//! Values and gradients of programs of tensors against definitions in forward mode, and these
//! against central differences.

use downhill::autodiff::engine::written;
use downhill::autodiff::tensor::TensorGraph;
use downhill::formula::Program;
use proptest::prelude::*;

use crate::dual::Dual;
use crate::programs::any_tensors;
use crate::support::{cases, close, program};
use crate::textbook::{Tensor, Textbook};

/// A program whose leaves move, each element at a speed of its own. Labels stay where they are.
struct Motion {
    program: Program,
    graph: TensorGraph,
    /// The leaves' places, and the speeds of their elements.
    leaves: Vec<(usize, Vec<f64>)>,
}

impl Motion {
    fn of(source: &str) -> Result<Self, String> {
        let program = program(source);
        let graph = TensorGraph::new(&program, &[]).map_err(|error| error.to_string())?;
        let places: Vec<usize> = (0..graph.nodes().len()).filter(|&place| graph.nodes()[place].leaf).collect();
        let leaves = places.into_iter().map(|place| (place, speeds(&graph, place))).collect();
        Ok(Self { program, graph, leaves })
    }

    /// The output, and what was met on the way to it, after so much time.
    fn after(&self, time: f64) -> (Dual, Textbook) {
        let mut textbook = Textbook::default();
        for (place, speeds) in &self.leaves {
            let node = &self.graph.nodes()[*place];
            let numbers = self.graph.value(*place).into_iter().zip(speeds);
            let numbers = numbers.map(|(number, &speed)| Dual::moving(number + time * speed, speed)).collect();
            textbook.known.insert(node.name.clone(), Tensor { shape: node.tensor.shape.clone(), numbers });
        }
        (textbook.output(&self.program).numbers[0], textbook)
    }

    /// How fast the output moves by the gradients of the leaves.
    fn by_gradients(&self) -> f64 {
        let of_leaf = |(place, speeds): &(usize, Vec<f64>)| {
            let gradient = self.graph.gradient(*place).unwrap_or_default();
            gradient.iter().zip(speeds).map(|(gradient, speed)| gradient * speed).sum::<f64>()
        };
        self.leaves.iter().map(of_leaf).sum()
    }

    /// How fast it moves by two values, if no kink lies between them.
    fn by_difference(&self, time: f64, branches: &[usize]) -> Option<f64> {
        let [before, after] = [self.after(-time), self.after(time)];
        (before.1.branches == branches && after.1.branches == branches)
            .then(|| (after.0.value - before.0.value) / (2.0 * time))
    }

    /// Whether all numbers have digits left; the larger ones lose them.
    fn is_moderate(&self) -> bool {
        (0..self.graph.nodes().len()).all(|node| self.graph.value(node).iter().all(|value| value.abs() < 1e4))
    }
}

fn speeds(graph: &TensorGraph, place: usize) -> Vec<f64> {
    let node = &graph.nodes()[place];
    let moves = if node.name.starts_with('k') { 0.0 } else { 1.0 };
    (0..node.tensor.elements.len()).map(|element| moves * (1.0 + 2.3 * (place + 7 * element) as f64).sin()).collect()
}

/// Whether the numbers are moderate, so that something was compared; or what differs.
fn compared(source: &str) -> Result<bool, String> {
    let motion = Motion::of(source)?;
    let (expected, textbook) = motion.after(0.0);
    if !expected.moderate || textbook.is_delicate || !motion.is_moderate() {
        return Ok(false);
    }
    let (value, reverse) = (motion.graph.value(motion.graph.nodes().len() - 1)[0], motion.by_gradients());
    let differs = |what: &str, found: f64, expected: f64| Err(format!("{source}: {what} is {found}, not {expected}"));
    if !close(value, expected.value, 1e-9) {
        return differs("the value", value, expected.value);
    }
    if (reverse - expected.derivative).abs() > 1e-9 * (1.0 + expected.scale) {
        return differs("the speed by gradients", reverse, expected.derivative);
    }
    let differences = [1e-5, 2e-5].map(|time| motion.by_difference(time, &textbook.branches));
    let [Some(near), Some(far)] = differences else { return Ok(true) };
    // The nearer one is wrong by about a third of what the two differ by.
    let tolerance = (near - far).abs() + 1e-6 * (1.0 + expected.scale);
    if (near - expected.derivative).abs() > tolerance {
        return differs("the central difference", near, expected.derivative);
    }
    Ok(true)
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn gradients_are_those_of_the_definitions(source in any_tensors()) {
        let compared = compared(&source);
        prop_assert!(compared.is_ok(), "{}", compared.unwrap_err());
        prop_assume!(compared == Ok(true));
    }
}

#[track_caller]
fn check(source: &str, refused: Option<&str>) {
    match (compared(source), refused) {
        (Ok(true), None) => {}
        (Err(message), Some(refused)) => assert_eq!(message, refused, "{source}"),
        (found, _) => panic!("{source}: {found:?}, not {refused:?}"),
    }
}

/// Why no window fits, if none does: its sizes, and those of what it slides over.
fn too_large(sizes: &[usize], whole: &[usize]) -> Option<String> {
    let fits = sizes.iter().zip(whole).all(|(size, whole)| size <= whole);
    (!fits).then(|| format!("a window of the shape {} is larger than {}", written(sizes), written(whole)))
}

fn too_wide(size: usize, padding: usize) -> Option<String> {
    let message = || format!("a padding of {padding} is more than half of the window, which has the size {size}");
    (2 * padding > size).then(message)
}

/// A window of one size, stride and padding over two channels of these lengths.
#[track_caller]
fn check_window(size: usize, stride: usize, padding: usize, lengths: &[usize]) {
    let (sizes, whole) = (vec![size; lengths.len()], lengths.iter().map(|length| length + 2 * padding));
    let too_large = too_large(&sizes, &whole.collect::<Vec<_>>());
    let joined = |sizes: &[usize]| sizes.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let x = format!("x = normal(2, {}, seed={size})", joined(lengths));
    let options = format!("stride={stride}, padding={padding}");
    let w = format!("w = normal(3, 2, {}, seed=9)", joined(&sizes));
    check(&format!("{x}; {w}; sum(tanh(conv(x, w, {options})))"), too_large.as_deref());
    for pool in ["maxpool", "avgpool"] {
        let refused = too_wide(size, padding).or(too_large.clone());
        check(&format!("{x}; sum(tanh({pool}(x, {size}, {options})))"), refused.as_deref());
    }
}

#[test]
fn a_part_without_a_gradient_does_not_take_it_from_the_others() {
    check("x = normal(3, seed=1); sum(tanh(concat(x, 2*ones(3))))", None);
    check("x = normal(3, seed=1); sum(tanh(concat(2*ones(3), x)))", None);
    check("x = normal(2, 3, seed=1); sum(tanh(pad(x, 1, 1)))", None);
}

#[test]
fn every_window_has_the_gradient_of_its_definition() {
    for (size, stride) in (1..=4).flat_map(|size| (1..=4).map(move |stride| (size, stride))) {
        for padding in 0..=3 {
            for lengths in [&[3][..], &[6], &[3, 4], &[5, 6]] {
                check_window(size, stride, padding, lengths);
            }
        }
    }
}
