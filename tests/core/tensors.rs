//! Tensor programs against PyTorch, their messages, and their paths.

use downhill::autodiff::engine::{Error, count};
use downhill::autodiff::tensor::{TensorGraph, printed};
use downhill::formula::{Program, TENSOR_FUNCTIONS};

use proptest::prelude::*;

use super::programs::{any_strange_tensors, any_tensors, not_finite};
use super::support::{cases, golden};

fn graph(source: &str) -> TensorGraph {
    lowered(source).unwrap_or_else(|error| panic!("{source}: {error}"))
}

fn lowered(source: &str) -> Result<TensorGraph, Error> {
    let program = Program::parse(source).unwrap_or_else(|error| panic!("{}", error.pointed(source)));
    TensorGraph::new(&program, &[])
}

fn numbers(text: &str) -> Vec<f64> {
    text.split(',').filter(|number| !number.is_empty()).map(|number| number.parse().unwrap()).collect()
}

fn shape(text: &str) -> Vec<usize> {
    text.split(',').filter(|size| !size.is_empty()).map(|size| size.parse().unwrap()).collect()
}

fn are_close(left: &[f64], right: &[f64]) -> bool {
    let close = |(a, b): (&f64, &f64)| a == b || (a - b).abs() <= 1e-12 * b.abs().max(1.0) || a.is_nan() && b.is_nan();
    left.len() == right.len() && left.iter().zip(right).all(close)
}

/// A program, and each of its tensors with shape, values and gradient.
#[track_caller]
fn check(block: &str) {
    let (program, tensors) = block.split_once('\n').unwrap();
    let graph = graph(program);
    for (node, line) in tensors.lines().enumerate() {
        let fields: Vec<&str> = line.split('\t').collect();
        let tensor = &graph.nodes()[node];
        assert_eq!((tensor.name.as_str(), &tensor.tensor.shape), (fields[0], &shape(fields[1])), "{program}");
        let value = graph.value(node);
        assert!(are_close(&value, &numbers(fields[2])), "{program}: {} is {value:?}, not {}", fields[0], fields[2]);
        let gradient = graph.gradient(node);
        let expected = (fields[3] != "-").then(|| numbers(fields[3]));
        let same = match (&gradient, &expected) {
            (Some(gradient), Some(expected)) => are_close(gradient, expected),
            (gradient, expected) => gradient.is_none() && expected.is_none(),
        };
        assert!(same, "{program}: the gradient of {} is {gradient:?}, not {}", fields[0], fields[3]);
    }
}

#[test]
fn values_and_gradients_are_those_of_pytorch() {
    let text = golden("tensors.txt");
    let blocks: Vec<&str> = text.split("\n\n").filter(|block| !block.trim().is_empty()).collect();
    assert!(blocks.len() >= 1_000);
    blocks.into_iter().for_each(check);
}

#[test]
fn tensors_are_printed_as_pytorch_prints_them() {
    let text = golden("prints.tsv");
    assert!(text.lines().count() >= 300);
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let expected = fields[2].trim_matches('"').replace("\\n", "\n");
        assert_eq!(printed(&shape(fields[0]), &numbers(fields[1])), expected);
    }
}

/// Every number of a program, from the loops and from the scalar graph, bit for bit; one NaN is as
/// good as another.
#[track_caller]
fn check_expansion(source: &str) {
    let graph = graph(source);
    let sweep = graph.sweep();
    // 0 times what is not finite is NaN, and one of the two has factors that the other does not.
    let is_strange = !sweep.values.iter().chain(&sweep.gradients).all(|number| number.is_finite());
    // Which of several shares in the gradient of the largest number, if that is no number, means nothing.
    let shares = ["softmax", "argmax"].iter().fold(source.to_owned(), |text, name| text.replace(name, ""));
    let is_vague = shares.contains("max(") && sweep.values.iter().any(|value| value.is_nan());
    for (place, node) in graph.nodes().iter().enumerate() {
        for (&element, value) in node.tensor.elements.iter().zip(graph.value(place)) {
            assert_eq!(bits(value), bits(sweep.values[element as usize]), "{source}: the value of {}", node.name);
        }
        for (&element, gradient) in node.tensor.elements.iter().zip(graph.gradient(place).unwrap_or_default()) {
            let expected = sweep.gradients[element as usize];
            let is_nothing = is_strange && (gradient.is_nan() || expected.is_nan());
            let same = is_nothing || is_vague || bits(gradient) == bits(expected);
            assert!(same, "{source}: the gradient of {}: {gradient}, not {expected}", node.name);
        }
    }
}

fn bits(number: f64) -> u64 {
    if number.is_nan() { u64::MAX } else { (number + 0.0).to_bits() }
}

#[test]
fn loops_have_the_bits_of_the_scalar_graph() {
    let text = golden("tensors.txt");
    text.split("\n\n").filter_map(|block| block.lines().next()).for_each(check_expansion);
}

/// The product of each path's factors, added up, is the gradient.
#[test]
fn paths_add_up_to_the_gradient() {
    let text = golden("tensors.txt");
    let mut followed = 0;
    for program in text.split("\n\n").filter_map(|block| block.lines().next()) {
        let graph = graph(program);
        let sweep = graph.sweep();
        for node in 0..graph.nodes().len() {
            let Some(gradient) = graph.gradient(node) else { continue };
            for (element, expected) in gradient.into_iter().enumerate() {
                let paths = graph.paths(&sweep, node, element);
                let product = |path: &Vec<_>| {
                    path.iter().map(|link: &downhill::autodiff::tensor::Link| link.value).product::<f64>()
                };
                let total: f64 = paths.paths.iter().map(product).sum();
                if !paths.cut {
                    followed += 1;
                    assert!(are_close(&[total], &[expected]), "{program}: {total} for {expected}");
                }
            }
        }
    }
    assert!(followed > 4_000, "{followed}");
}

/// The teachers' guide has a row for each function, and its calls are valid.
#[test]
fn the_guide_names_every_function() {
    let guide = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/teachers.md")).unwrap();
    for function in &TENSOR_FUNCTIONS {
        assert!(guide.contains(&format!("| `{}` |", function.example)), "{}", function.example);
        assert!(Program::parse(function.example).is_ok(), "{}", function.example);
    }
}

#[test]
fn the_decks_tensor() {
    let graph = graph("x = ones(2, 2)\ny = x + 2\nz = 3*y*y\nout = mean(z)");
    let sweep = graph.sweep();
    let print = |node: usize| printed(&[2, 2], &graph.gradient(node).unwrap());
    assert_eq!(print(0), "tensor([[4.5000, 4.5000],\n        [4.5000, 4.5000]])");
    let paths = graph.paths(&sweep, 0, 3).paths;
    let values: Vec<Vec<f64>> = paths.iter().map(|path| path.iter().map(|link| link.value).collect()).collect();
    assert_eq!(values, [[0.25, 18.0, 1.0]]);
    assert_eq!(graph.nodes()[2].inputs, [1]);
}

#[track_caller]
fn check_refused(source: &str, place: &str, message: &str) {
    let error = lowered(source).unwrap_err();
    assert_eq!((&source[error.span.start..error.span.end], error.to_string().as_str()), (place, message));
}

#[test]
fn shapes_that_do_not_fit_are_refused_where_they_stand() {
    check_refused(
        "a = ones(2, 3); b = ones(3, 2); sum(a*b)",
        "a*b",
        "the shapes (2, 3) and (3, 2) do not fit: from the right, two sizes must be equal, or one of them 1",
    );
    check_refused(
        "a = ones(2, 3); sum(a @ a)",
        "a @ a",
        "`@` can't multiply the shapes (2, 3) and (2, 3): the rows of the first must be as long as the columns of the second",
    );
    check_refused(
        "a = ones(2); a @ 3",
        "a @ 3",
        "`@` can't multiply the shapes (2,) and (): the rows of the first must be as long as the columns of the second",
    );
    check_refused(
        "a = [[1, 2], [3]]; sum(a)",
        "[[1, 2], [3]]",
        "the items of a list must have one shape, but here are (2,) and (1,)",
    );
    check_refused(
        "a = ones(1, 1, 1, 1, 1, 1, 1, 1, 1); sum(a)",
        "ones(1, 1, 1, 1, 1, 1, 1, 1, 1)",
        "a tensor has at most 6 axes, and this one would have 9",
    );
    check_refused(
        "a = ones(1000, 1000); sum(a)",
        "sum(a)",
        "this needs more than 100000 numbers, which is the most that is calculated with",
    );
    check_refused(
        "a = ones(99999999, 99999999, 99999999); sum(a)",
        "ones(99999999, 99999999, 99999999)",
        "this needs more than 4000000 numbers, which is the most that is calculated with",
    );
    check_refused(
        "a = ones(300, 1); b = ones(1, 300); sum(a @ b @ a)",
        "a @ b @ a",
        "this needs more than 100000 numbers, which is the most that is calculated with",
    );
    check_refused("a = ones(-1); sum(a)", "ones(-1)", "the shape (-1) has a negative size");
    check_refused("a = ones(2); sum(a, axis=1)", "sum(a, axis=1)", "there is no axis 1 in the shape (2,)");
    check_refused(
        "a = ones(2, 3); reshape(a, 4)",
        "reshape(a, 4)",
        "the shape (2, 3) can't become (4): they have different numbers of elements",
    );
    check_refused("a = ones(2, 3); a[2, 0]", "a[2, 0]", "there is no element [2, 0] in the shape (2, 3)");
    check_refused("a = ones(0); max(a)", "max(a)", "a tensor without elements has no largest one");
    check_refused("sum(x)", "x", "`x` has no value; write a line such as `x = [1, 2]` before it");
}

#[track_caller]
fn check_unreadable(source: &str, place: &str, message: &str) {
    let error = Program::parse(source).unwrap_err();
    assert_eq!((&source[error.span.start..error.span.end], error.to_string().as_str()), (place, message));
}

#[test]
fn tensor_syntax_is_answered() {
    check_unreadable("[1, 2", "[", "this `[` is never closed");
    check_unreadable("x[1.5]", "1.5", "expected a whole number, but found `1.5`");
    check_unreadable("ones(2, w)", "w", "expected a whole number, but found `w`");
    check_unreadable("transpose(x, 1)", "1", "write `transpose` as in `transpose(x)`");
    check_unreadable("reshape(x)", ")", "write `reshape` as in `reshape(x, 2, 3)`");
    check_unreadable("sum(x, axis)", "axis", "expected a whole number, but found `axis`");
}

#[test]
fn tensor_programs_are_printed_as_they_are_read() {
    for source in [
        "loss = [[1, x], [2, -3]]",
        "loss = (a + b) @ c*d",
        "loss = a @ (b @ c)",
        "loss = mean(x[0, -1]^2, axis=-1)",
        "loss = (a + b)[1]",
        "loss = max(a, b) + max(a, axis=0)",
        "loss = transpose(reshape(ones(2, 3), 3, -1)) + zeros()",
    ] {
        assert_eq!(Program::parse(source).unwrap().to_string(), source);
    }
}

#[test]
fn empty_tensors_have_values() {
    let graph = graph("a = ones(0, 3); b = sum(a); c = mean(a)");
    assert_eq!((graph.value(0).len(), graph.value(1)[0]), (0, 0.0));
    assert!(graph.value(2)[0].is_nan());
    assert_eq!(count(&[0, 3]), 0);
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// The loops' own backward pass, which is another code than the scalar graph's.
    #[test]
    fn random_loops_have_the_bits_of_the_scalar_graph(source in any_tensors()) {
        check_expansion(&source);
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn numbers_that_are_not_finite_too(source in any_strange_tensors()) {
        check_expansion(&source);
    }
}

/// Windows of every size, stride and padding, in one dimension and two.
#[test]
fn every_window_has_the_bits_of_the_scalar_graph() {
    let mut windows = 0;
    for (size, stride, padding) in (1..=4).flat_map(|k| (1..=4).flat_map(move |s| (0..=3).map(move |p| (k, s, p)))) {
        let options = format!("stride={stride}, padding={padding}");
        for source in [
            format!("x = normal(2, 5, seed=1); k = normal(3, 2, {size}, seed=2); sum(tanh(conv(x, k, {options})))"),
            format!(
                "x = normal(2, 5, 4, seed=1); k = normal(2, 2, {size}, {size}, seed=2); sum(conv(x, k, {options})^2)"
            ),
            format!("x = normal(2, 5, 4, seed=3); sum(maxpool(x, {size}, {options})^2)"),
            format!("x = normal(2, 5, 4, seed=4); sum(avgpool(x, {size}, {options})^2)"),
        ] {
            if lowered(&source).is_ok() {
                check_expansion(&source);
                windows += 1;
            }
        }
    }
    assert!(windows > 180, "{windows}");
}

/// Axes without elements, with one, and none at all.
#[test]
fn small_shapes_have_the_bits_of_the_scalar_graph() {
    for shape in ["", "1", "1, 1", "2, 1", "1, 2, 1", "0", "0, 2", "2, 0", "1, 0, 3"] {
        for body in [
            "sum(x*2 + x)",
            "sum(tanh(x))",
            "mean(concat(reshape(x, -1), reshape(x, -1)))",
            "sum(sum(x*x, axis=0))",
            "sum(pad(x, 1, 1))",
            "sum(softmax(x, axis=-1)^2)",
            "sum(upsample(x, 2)^2)",
            "norm(x)",
            "max(x)",
            "sum(x[0]*x)",
            "sum(outer(x, x))",
            "sum(transpose(x) @ x)",
        ] {
            let source = format!("x = ones({shape}); out = {body}");
            if lowered(&source).is_ok() {
                check_expansion(&source);
            }
        }
    }
}

/// What is not finite goes the same way through the loops and the scalar graph.
#[test]
fn numbers_that_are_not_finite_have_the_bits_of_the_scalar_graph() {
    not_finite().iter().for_each(|source| check_expansion(source));
}
