//! Programs of tensors that are too large, too deep, or that choose what is not there: each has its
//! sentence at once, or its value.

use downhill::autodiff::tensor::TensorGraph;
use downhill::formula::Program;

/// The last line's value, or the sentence and the place in the source.
fn answer(source: &str) -> Result<Vec<f64>, (String, &str)> {
    let program =
        Program::parse(source).map_err(|error| (error.to_string(), &source[error.span.start..error.span.end]))?;
    let graph = TensorGraph::new(&program, &[])
        .map_err(|error| (error.to_string(), &source[error.span.start..error.span.end]))?;
    Ok(graph.value(graph.nodes().len() - 1))
}

#[track_caller]
fn check(source: &str, place: &str, message: &str) {
    assert_eq!(answer(source), Err((message.to_owned(), place)), "{source}");
}

#[track_caller]
fn check_value(source: &str, expected: &[f64]) {
    assert_eq!(answer(source), Ok(expected.to_vec()), "{source}");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_made() {
    let too_many = "this needs more than 4000000 numbers, which is the most that is calculated with";
    let too_many_nodes = "this needs more than 100000 numbers, which is the most that is calculated with";
    let too_long = "this needs more than 1000000000 steps, which is the most that is calculated with";
    check("zeros(4294967296, 4294967296)", "4294967296", "expected a whole number, but found `4294967296`");
    for sizes in
        ["999999999, 999999999, 999999999", "0, 999999999, 999999999, 999999999", "999999999, 999999999, 999999999, 0"]
    {
        let source = format!("a = zeros({sizes}); sum(a)");
        check(&source, &source[4..source.len() - 8], too_many);
    }
    check(
        "a = zeros(65536, 65536); sum(a)",
        "zeros(65536, 65536)",
        "this needs 4294967296 numbers; at most 4000000 are calculated with",
    );
    check(
        "a = normal(2000, 2001); sum(a)",
        "normal(2000, 2001)",
        "this needs 4002000 numbers; at most 4000000 are calculated with",
    );
    check("a = ones(1100, 1000); b = a*2; sum(b)", "a*2", too_many_nodes);
    check("a = ones(2000, 2000); b = 2; sum(a)", "ones(2000, 2000)", too_many);
    check(
        "x = ones(1, 3); upsample(x, 999999999)",
        "upsample(x, 999999999)",
        "this needs 2999999997 numbers; at most 4000000 are calculated with",
    );
    check(
        "x = ones(1, 3); pad(x, 999999999, 999999999)",
        "pad(x, 999999999, 999999999)",
        "this needs 2000000001 numbers; at most 4000000 are calculated with",
    );
    check(
        "x = ones(1, 3); conv(x, ones(1, 1, 2), padding=999999999)",
        "conv(x, ones(1, 1, 2), padding=999999999)",
        "this needs 2000000001 numbers; at most 4000000 are calculated with",
    );
    check("x = [1]; sum(x + ones(1000, 1000))", "x + ones(1000, 1000)", too_many_nodes);
    check("x = ones(1, 300, 300); sum(conv(x, ones(1, 1, 100, 100)))", "conv(x, ones(1, 1, 100, 100))", too_many_nodes);
    check("x = ones(1000, 1000) @ ones(1000, 10); sum(x)", "ones(1000, 1000) @ ones(1000, 10)", too_many);
    check("x = ones(1900, 1900) @ ones(1900, 1900); sum(x)", "ones(1900, 1900) @ ones(1900, 1900)", too_long);
}

#[test]
fn a_view_of_a_view_of_a_view_has_its_value() {
    let calls = |count: usize| format!("a = [1, 2, 3]; sum({}a{})", "transpose(".repeat(count), ")".repeat(count));
    check_value(&calls(190), &[6.0]);
    check(&calls(300), "transpose", "this is nested more than 200 deep; name a part of it on a line of its own");
    check_value(&format!("a = [1, 2, 3]; a{}[1]", "[0:3]".repeat(300)), &[2.0]);
    let lines: String = (1..=300).map(|line| format!("a{line} = transpose(a{})[0:2]; ", line - 1)).collect();
    check_value(&format!("a0 = [[1, 2], [3, 4]]; {lines}a300 - a0"), &[0.0; 4]);
    check("a = [[[[[[[1]]]]]]]; sum(a)", "[[[[[[[1]]]]]]]", "a tensor has at most 6 axes, and this one would have 7");
    check("a = ones(1, 1, 1, 1, 1, 1); sum([a])", "[a]", "a tensor has at most 6 axes, and this one would have 7");
    check(
        "t = ones(1, 1, 1, 1, 1); embedding(t, zeros(1, 1, 1))",
        "embedding(t, zeros(1, 1, 1))",
        "a tensor has at most 6 axes, and this one would have 7",
    );
}

#[test]
fn what_is_not_there_can_not_be_chosen() {
    for (number, name) in
        [("2", "2"), ("-1", "-1"), ("0.5", "0.5"), ("0/0", "nan"), ("1/0", "inf"), ("1e300", "1e+300")]
    {
        let message = format!("{name} is no place here: places are whole numbers from 0 to 1");
        let chosen = format!("embedding(t, [0, {number}])");
        check(&format!("t = ones(2, 3); sum({chosen})"), &chosen, &message);
        let label = format!("cross_entropy(z, {number})");
        check(&format!("z = [1, 2]; {label}"), &label, &message);
    }
    check(
        "t = ones(0, 3); embedding(t, 0)",
        "embedding(t, 0)",
        "`embedding` needs a table of rows, but the shape is (0, 3)",
    );
    check("embedding(1, 0)", "embedding(1, 0)", "`embedding` needs a table of rows, but the shape is ()");
    check(
        "z = ones(2, 3); cross_entropy(z, [0])",
        "cross_entropy(z, [0])",
        "`cross_entropy` needs one label for each list of scores, but the shapes are (2, 3) and (1,)",
    );
    check(
        "z = ones(2, 0); cross_entropy(z, [0, 0])",
        "cross_entropy(z, [0, 0])",
        "`cross_entropy` needs one label for each list of scores, but the shapes are (2, 0) and (2,)",
    );
    for (slice, place) in [
        ("[2]", "[2]"),
        ("[-3]", "[-3]"),
        ("[0, 5]", "[0, 5]"),
        ("[999999999]", "[999999999]"),
        ("[0, 0, 0]", "[0, 0, 0]"),
    ] {
        check(
            &format!("x = ones(2, 2); x{slice}"),
            &format!("x{slice}"),
            &format!("there is no element {place} in the shape (2, 2)"),
        );
    }
    check_value("x = ones(2, 2); sum(x[5:9]) + sum(x[-9:9])", &[4.0]);
    for call in ["max(a)", "argmax(a, axis=1)", "softmax(a)", "max(a, axis=(0, 1))"] {
        check(&format!("a = ones(2, 0); {call}"), call, "a tensor without elements has no largest one");
    }
}

#[test]
fn calls_have_the_numbers_that_they_can_use() {
    for (call, message) in [
        ("avgpool(x, 0)", "a window must be at least 1"),
        ("maxpool(x, -2)", "a window must be at least 1"),
        ("upsample(x, 0)", "a factor must be at least 1"),
        ("avgpool(x, 2, stride=0)", "a stride must be at least 1"),
        ("conv(x, ones(1, 1, 2), stride=-1)", "a stride must be at least 1"),
        ("conv(x, ones(1, 1, 2), padding=-1)", "a padding must be at least 0"),
        ("pad(x, -1, 1)", "a padding must be at least 0"),
        ("conv(x, ones(1, 1, 2), stride=(1, 2))", "the stride must be a single number here"),
        ("softmax(x, axis=(0, 1))", "the axis must be a single number here"),
        ("concat(x, x, axis=(0, 1))", "the axis must be a single number here"),
        ("sum(x, axis=(0, -2))", "the axis -2 is named twice"),
        ("reshape(x, -1, -1)", "the shape (1, 3) can't become (-1, -1): they have different numbers of elements"),
        (
            "reshape(x, 999999999, 999999999, 999999999)",
            "the shape (1, 3) can't become (999999999, 999999999, 999999999): they have different numbers of elements",
        ),
        (
            "concat(x, ones(3, 4))",
            "the shapes (1, 3) and (3, 4) can't be joined along the axis 0: all their other sizes must be equal",
        ),
        ("concat(1, 2)", "there is no axis 0 in the shape ()"),
        ("outer(x[0], 1)", "`outer` needs 1 axis, but the shape is ()"),
        ("maxpool(x[0], 1)", "`maxpool` needs 2 or 3 axes, but the shape is (3,)"),
        ("maxpool(x, 999999999)", "a window of the shape (999999999,) is larger than (3,)"),
    ] {
        check(&format!("x = ones(1, 3); {call}"), call, message);
    }
    check_value("x = ones(1, 3); avgpool(x, 2, stride=999999999)", &[1.0]);
}
