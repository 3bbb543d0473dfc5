//! Reading and printing formulas.

use downhill::formula::{Error, ErrorKind, MAX_BYTES, MAX_NESTING, Program, Span};
use proptest::prelude::*;

use crate::support::{self, cases, program};

/// A source, the carets that point into its first line, and the message.
#[track_caller]
fn check_refused(source: &str, carets: &str, message: &str) {
    let error = Program::parse(source).unwrap_err();
    let line = source.lines().next().unwrap_or_default();
    assert_eq!(error.pointed(source), format!("{line}\n{carets}\nline 1: {message}"));
}

#[test]
fn what_is_refused_says_what_and_where() {
    check_refused("", "^", "there is no formula yet; try `loss = (x*w - y)^2`");
    check_refused("  # only a comment", "^^^^^^^^^^^^^^^^^^", "there is no formula yet; try `loss = (x*w - y)^2`");
    check_refused("x ? w", "  ^", "`?` has no meaning in a formula");
    check_refused("x & w", "  ^", "`&` has no meaning in a formula");
    check_refused("ŷ − 😀", "    ^", "`😀` has no meaning in a formula");
    check_refused("w - 1.2.3", "    ^^^^^", "`1.2.3` is not a number");
    check_refused("w - .", "    ^", "`.` is not a number");
    check_refused("w - 1e999", "    ^^^^^", "`1e999` is too large; the largest number is about 1.8e308");
    check_refused("2x - y", "^^", "a product needs its sign: write `2*x`");
    check_refused("loss = 1.5e", "       ^^^^", "a product needs its sign: write `1.5*e`");
    check_refused("loss =", "      ^", "expected a number, a name or `(`, but found the end of the line");
    check_refused("x * / w", "    ^", "expected a number, a name or `(`, but found `/`");
    check_refused("(x + ) * w", "     ^", "expected a number, a name or `(`, but found `)`");
    check_refused("x w", "  ^", "expected an operator such as `+` or `*`, but found `w`");
    check_refused("(x)(w)", "   ^", "expected an operator such as `+` or `*`, but found `(`");
    check_refused("loss = (x*w - y", "       ^", "this `(` is never closed");
    check_refused("loss = exp(w", "          ^", "this `(` is never closed");
    check_refused("x*w) - y", "   ^", "this `)` closes nothing");
    check_refused(")", "^", "this `)` closes nothing");
    check_refused("x, w", " ^", "a comma stands only between the arguments of a function");
    check_refused("loss = y = w", "         ^", "`=` stands once in a line, after the line's name");
    check_refused("x + w = 2", "      ^", "`=` stands once in a line, after the line's name");
    check_refused("loss = sigmod(w)", "       ^^^^^^", "unknown function `sigmod`; did you mean `sigmoid`?");
    check_refused("w(x)", "^", "unknown function `w`; for a product write `w*(...)`");
    check_refused("sin * w", "^^^", "`sin` is a function: write `sin(...)`");
    check_refused("exp(w, x)", "^^^^^^^^^", "`exp` takes 1 argument, but has 2 here");
    check_refused("min(w)", "^^^^^^", "`min` takes 2 arguments, but has 1 here");
    check_refused("exp()", "^^^^^", "`exp` takes 1 argument, but has 0 here");
    check_refused("x*w\nloss = y", "^", "every line but the last needs a name: write `name = ...`");
    check_refused("a = b; b = w", "    ^", "`b` is used before line 2 has defined it");
    check_refused("a = a + w", "    ^", "`a` is used before line 1 has defined it");
    check_refused("exp = w", "^^^", "`exp` is a function; choose another name for this line");
}

#[test]
fn an_error_is_shown_in_its_own_line() {
    let source = "a = w\nb = 2\na = 3";
    let error = Program::parse(source).unwrap_err();
    assert_eq!(error.pointed(source), "a = 3\n^\nline 3: `a` is already defined in line 1; choose another name");
    assert_eq!(error, Error { kind: ErrorKind::DefinedTwice("a".to_owned(), 1), span: Span::new(12, 13) });
}

#[test]
fn places_are_counted_in_the_units_of_the_reader() {
    let source = "ŷ = x*w; 😀";
    let Error { span, .. } = Program::parse(source).unwrap_err();
    assert_eq!(span, Span::new(10, 14));
    assert_eq!(span.utf16(source), Span::new(9, 11));
    assert_eq!(Span::new(3, 99).utf16("ab"), Span::new(2, 2));
}

#[test]
fn limits_are_reported_with_their_names() {
    let kind = |source: &str| Program::parse(source).map(|_| ()).map_err(|error| error.kind);
    let long = "w".repeat(MAX_BYTES + 1);
    assert_eq!(kind(&long), Err(ErrorKind::TooLong(MAX_BYTES + 1)));
    assert_eq!(kind(&long[1..]), Ok(()));
    for (open, close) in [("(", ")"), ("exp(", ")"), ("-", ""), ("+", ""), ("2^", ""), ("max(1, ", ")")] {
        let nested = |depth: usize| format!("{}w{}", open.repeat(depth), close.repeat(depth));
        assert_eq!(kind(&nested(MAX_NESTING)), Ok(()), "{open}");
        assert_eq!(kind(&nested(MAX_NESTING + 1)), Err(ErrorKind::TooDeep), "{open}");
    }
    let text = format!("the text has {} bytes; at most 65536 are read", MAX_BYTES + 1);
    assert_eq!(ErrorKind::TooLong(MAX_BYTES + 1).to_string(), text);
    let text = "this is nested more than 200 deep; name a part of it on a line of its own";
    assert_eq!(ErrorKind::TooDeep.to_string(), text);
}

#[test]
fn ten_thousand_terms_are_read() {
    for operator in [" + ", " - ", "*", "/"] {
        let sum = vec!["w"; 10_000].join(operator);
        assert_eq!(program(&sum).to_string(), format!("loss = {sum}"));
    }
}

/// A formula as it is typed, and as it is printed.
#[track_caller]
fn check_printed(source: &str, printed: &str) {
    assert_eq!(program(source).to_string(), format!("loss = {printed}"));
}

#[test]
fn parentheses_are_printed_where_they_are_needed() {
    check_printed("((x)*(w)) - (y)", "x*w - y");
    check_printed("x*(w - y)", "x*(w - y)");
    check_printed("(a - b) - c", "a - b - c");
    check_printed("a - (b - c)", "a - (b - c)");
    check_printed("a - (b + c)", "a - (b + c)");
    check_printed("a/(b*c)", "a/(b*c)");
    check_printed("(a/b)*c", "a/b*c");
    check_printed("a*(b/c)", "a*(b/c)");
    check_printed("(a^b)^c", "(a^b)^c");
    check_printed("a**(b**c)", "a^b^c");
    check_printed("(-a)^2", "(-a)^2");
    check_printed("-(a^2)", "-a^2");
    check_printed("-(a*b)", "-(a*b)");
    check_printed("(-a)*b", "-a*b");
    check_printed("a^(-b)", "a^-b");
    check_printed("a - (-b)", "a - -b");
    check_printed("-(-a)", "--a");
    check_printed("+a", "a");
    check_printed("max((a), (b + c))", "max(a, b + c)");
    check_printed("1e-3*.5*2.", "0.001*0.5*2");
    check_printed("1e300 + 1e-05", "1e+300 + 1e-05");
    check_printed("x · w × 2 − y", "x*w*2 - y");
    check_printed("y\u{302} + α_1 + x₂ # the end", "ŷ + α_1 + x₂");
}

/// The value of a formula of numbers alone.
#[track_caller]
fn check_value(source: &str, expected: f64) {
    let value = support::evaluate(&program(source), &[]);
    assert_eq!(value, expected, "{source}");
}

/// The expected values are what CPython prints for the same text, with `**` for `^`.
#[test]
fn precedence_is_pythons() {
    check_value("-2^2", -4.0);
    check_value("2^-1", 0.5);
    check_value("2^3^2", 512.0);
    check_value("2^-2^2", 0.0625);
    check_value("-2^-2", -0.25);
    check_value("2*-3", -6.0);
    check_value("2 - -3", 5.0);
    check_value("-3 + 2", -1.0);
    check_value("--3", 3.0);
    check_value("8/4/2", 1.0);
    check_value("8/4*2", 4.0);
    check_value("2 - 3 - 4", -5.0);
    check_value("1 + 2*3^2", 19.0);
    check_value("-2*3^2/-6", 3.0);
    check_value("(1 + 2)*3", 9.0);
    check_value("2**-1**2", 0.5);
}

#[test]
fn lines_end_with_a_break_or_a_semicolon() {
    let deck = program("y_hat = x*w\ns = y_hat - y\nloss = s^2");
    assert_eq!(
        program("y_hat = x*w; s = y_hat - y; s^2 # loss"),
        program("\r\n y_hat = x*w\r\ns = y_hat - y;;\n\n s**2")
    );
    assert_eq!(program("y_hat = x*w; s = y_hat - y; s^2").to_string(), deck.to_string());
    assert_eq!(deck.free_names(), ["x", "w", "y"]);
}

#[test]
fn names_of_other_languages_are_ordinary_names() {
    let names = program("constructor + __proto__ + toString + NaN + inf + Infinity");
    assert_eq!(names.free_names(), ["constructor", "__proto__", "toString", "NaN", "inf", "Infinity"]);
}

#[test]
fn names_of_the_program_take_precedence_over_constants() {
    check_value("2*pi", std::f64::consts::TAU);
    check_value("π/e", std::f64::consts::PI / std::f64::consts::E);
    assert_eq!(program("e = y - w; e^2").free_names(), ["y", "w"]);
    assert_eq!(program("e^2 + pi*w").free_names(), ["w"]);
}

proptest! {
    #![proptest_config(cases(5_000))]

    #[test]
    fn a_printed_formula_reads_back_as_the_same(tree in support::any_tree()) {
        let expression = tree.expression();
        let text = expression.to_string();
        let read = program(&text);
        prop_assert_eq!(&read.lines()[0].expression, &expression, "{}", text);
    }

    #[test]
    fn no_unneeded_parenthesis_is_printed(tree in support::any_tree()) {
        let expression = tree.expression();
        let text = expression.to_string();
        for shorter in without_one_pair(&text) {
            let read = Program::parse(&shorter);
            prop_assert!(read.is_err() || read.unwrap().lines()[0].expression != expression, "{} for {}", text, shorter);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_inside(source in ".{0,80}") {
        check_place(&source);
    }

    #[test]
    fn any_tokens_are_read_or_refused_at_a_place_inside(
        tokens in prop::collection::vec(prop::sample::select(TOKENS), 0..40)
    ) {
        check_place(&tokens.concat());
    }
}

const TOKENS: &[&str] = &[
    "w", "x", "ŷ", " ", "\n", ";", "(", ")", "+", "-", "*", "/", "^", "**", ",", "=", "1", ".5", "1e-3", "1e", "exp",
    "max", "# ", "😀", "\u{302}", "\r", "\u{0}",
];

/// A text is read, and prints as one that reads back the same; or its error points into it.
fn check_place(source: &str) {
    match Program::parse(source) {
        Ok(program) => assert_eq!(Program::parse(&program.to_string()), Ok(program), "{source:?}"),
        Err(error) => {
            let Span { start, end } = error.span;
            assert!(source.get(start..end).is_some(), "{error:?} in {source:?}");
            assert!(!error.pointed(source).is_empty());
        }
    }
}

/// The text without each of its pairs of parentheses in turn.
fn without_one_pair(text: &str) -> Vec<String> {
    let mut open = Vec::new();
    let mut pairs = Vec::new();
    for (place, character) in text.char_indices() {
        match character {
            '(' => open.push(place),
            ')' => pairs.push((open.pop().unwrap(), place)),
            _ => {}
        }
    }
    let outside = |open: usize, close: usize| [&text[..open], &text[open + 1..close], &text[close + 1..]].concat();
    pairs.into_iter().map(|(open, close)| outside(open, close)).collect()
}
