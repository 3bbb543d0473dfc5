//! Derivatives with their steps, simplification and roots.

use downhill::calculus::{
    Calculation, ChainRule, Derivation, Error, Id, Node, Pool, Root, Rule, evaluate, lines, roots, simplify,
};
use downhill::formula::{Derivative, Program};
use downhill::function::FUNCTIONS;
use proptest::prelude::*;

use crate::dual::dual;
use crate::support::{self, NAMES, any_tree, cases, close, golden, program};

fn calculation(source: &str, order: usize) -> Calculation {
    Calculation::of(&program(source), "w", order).unwrap()
}

fn text(pool: &Pool, id: Id) -> String {
    let pending = |_| Derivative { variable: "w".to_owned(), step: 0 };
    pool.export(id, &pending).unwrap().to_string()
}

#[track_caller]
fn check_lines(source: &str, expected: &[&str]) {
    let mut calculation = calculation(source, 1);
    let lines: Vec<String> = calculation.lines().into_iter().map(|line| text(&calculation.pool, line)).collect();
    assert_eq!(lines, expected);
}

/// The deck's five lines, and those of other rules.
#[test]
fn a_derivation_in_lines() {
    check_lines(
        "(x*w - y)^2",
        &[
            "d/dw[(x*w - y)^2]",
            "2*(x*w - y)*d/dw[x*w - y]",
            "2*(x*d/dw[w] + d/dw[-y])*(x*w - y)",
            "2*(1*x + 0)*(x*w - y)",
            "2*x*(x*w - y)",
        ],
    );
    check_lines("w^3 - w", &["d/dw[w^3 - w]", "d/dw[w^3] - d/dw[w]", "3*w^2 - 1"]);
    check_lines(
        "w/(w + 1)",
        &[
            "d/dw[w/(w + 1)]",
            "(d/dw[w]*(w + 1) - w*d/dw[w + 1])/(w + 1)^2",
            "(1*(w + 1) - w*(d/dw[w] + d/dw[1]))/(w + 1)^2",
            "(1*(w + 1) - w*(1 + 0))/(w + 1)^2",
            "1/(w + 1)^2",
        ],
    );
    check_lines(
        "exp(2*w)",
        &["d/dw[exp(2*w)]", "exp(2*w)*d/dw[2*w]", "exp(2*w)*(2*d/dw[w])", "exp(2*w)*(1*2)", "2*exp(2*w)"],
    );
}

/// A formula, its rule, and the derivative.
#[track_caller]
fn check_derivative(source: &str, rule: &str, derivative: &str, conditions: &[&str]) {
    let calculation = calculation(source, 1);
    let order = calculation.last();
    let step = &order.derivation.steps[order.derivation.steps.len() - 1];
    let said: Vec<String> =
        order.simplified.conditions.iter().map(|&condition| calculation.condition(condition).unwrap()).collect();
    assert_eq!((step.rule.name().as_str(), calculation.derivative().unwrap().to_string().as_str()), (rule, derivative));
    assert_eq!(said, conditions, "{source}");
}

#[test]
fn every_rule() {
    check_derivative("w", "variable", "1", &[]);
    check_derivative("x + w - y", "sum rule", "1", &[]);
    check_derivative("w*x", "constant factor", "x", &[]);
    check_derivative("w/x", "constant factor", "1/x", &[]);
    check_derivative("-w", "constant factor", "-1", &[]);
    check_derivative("w*sin(w)", "product rule", "sin(w) + w*cos(w)", &[]);
    check_derivative("sin(w)/w", "quotient rule", "(w*cos(w) - sin(w))/w^2", &[]);
    check_derivative("x/w", "reciprocal rule", "-x/w^2", &[]);
    check_derivative("w^5", "power rule", "5*w^4", &[]);
    check_derivative("w^x", "power rule", "x*w^(x - 1)", &[]);
    check_derivative("w^-2", "power rule", "-2/w^3", &[]);
    check_derivative("w^0", "constant", "0", &[]);
    check_derivative("x^w", "exponential rule", "x^w*log(x)", &[]);
    check_derivative("e^w", "exponential rule", "e^w", &[]);
    check_derivative("w^w", "general power rule", "w^w*(log(w) + 1)", &["w ≠ 0"]);
    check_derivative("sqrt(w)", "derivative of sqrt", "1/(2*sqrt(w))", &[]);
    check_derivative("abs(w)", "derivative of abs", "sign(w)", &[]);
    check_derivative("relu(w)", "derivative of relu", "step(w)", &[]);
    check_derivative("max(w, x)", "derivative of max", "(1 + sign(w - x))/2", &[]);
    check_derivative("min(w, w)", "derivative of min", "1", &[]);
    check_derivative("asin(2*w)", "derivative of asin", "2/sqrt(1 - 4*w^2)", &[]);
    check_derivative("log10(w)", "derivative of log10", "1/(w*log(10))", &[]);
    check_derivative("sigmoid(w)", "derivative of sigmoid", "sigmoid(w)*(1 - sigmoid(w))", &[]);
    check_derivative("exp(-w^2/2)", "derivative of exp", "-w*exp(-w^2/2)", &[]);
    check_derivative(
        "-(y*log(sigmoid(x*w)) + (1 - y)*log(1 - sigmoid(x*w)))",
        "constant factor",
        "x*(sigmoid(x*w) - y)",
        &["1 - sigmoid(x*w) ≠ 0"],
    );
}

#[test]
fn every_rule_says_why() {
    let chain = |name: &str, inner| Rule::Chain(downhill::function::find(name).unwrap()).reason(inner);
    assert_eq!(chain("sin", false), "the derivative of sin(u) is cos(u)");
    assert_eq!(
        chain("sin", true),
        "the derivative of sin(u) is cos(u); by the chain rule, times the derivative of the inside"
    );
    assert_eq!(chain("abs", false), "the derivative of abs(u) is sign(u); at the kink u = 0 it is taken as 0");
    assert_eq!(
        chain("relu", false),
        "the derivative of relu(u) is step(u): 1 where u > 0, else 0; at the kink u = 0 it is taken as 0"
    );
    assert!(chain("max", true).contains("where both are equal, half to each"));
    assert_eq!(Rule::Power.reason(false), "the exponent comes down as a factor and is lowered by one");
}

/// The table's symbolic derivatives are its numeric ones.
#[test]
fn symbolic_and_numeric_derivatives_of_the_table_agree() {
    for function in &FUNCTIONS {
        for (u, v) in [(0.3, 0.7), (0.9, 0.2), (0.5, 0.5), (-0.4, 0.6)] {
            let value = function.value(u, v);
            let numeric = function.derivatives(u, v, value);
            for (formula, numeric) in function.symbolic.iter().zip(numeric) {
                let program = program(formula);
                let numbers: Vec<f64> =
                    program.free_names().iter().map(|name| if *name == "u" { u } else { v }).collect();
                let symbolic = support::evaluate(&program, &numbers);
                assert!(close(symbolic, numeric, 1e-12), "{} at {u}, {v}: {symbolic} for {numeric}", function.name);
            }
        }
    }
}

#[track_caller]
fn check_simple(source: &str, expected: &str, conditions: &[&str]) {
    let mut pool = Pool::default();
    let id = pool.import_program(&program(source));
    let simplified = simplify(&mut pool, id).unwrap();
    let calculation = Calculation { pool, function: id, variable: id, orders: Vec::new() };
    let said: Vec<String> =
        simplified.conditions.iter().map(|&condition| calculation.condition(condition).unwrap()).collect();
    assert_eq!(calculation.written(simplified.id).unwrap().to_string(), expected);
    assert_eq!(said, conditions, "{source}");
}

#[test]
fn simplified_formulas() {
    check_simple("w + w", "2*w", &[]);
    check_simple("x + w - x", "w", &[]);
    check_simple("2*w*3*w", "6*w^2", &[]);
    check_simple("w/3 + w/6", "w/2", &[]);
    check_simple("0.5*w + 0.25*w", "0.75*w", &[]);
    check_simple("w*w^2*w^-1", "w^2", &["w ≠ 0"]);
    check_simple("w/w", "1", &["w ≠ 0"]);
    check_simple("0*log(w)", "0", &["log(w) is defined"]);
    check_simple("log(w) - log(w)", "0", &["log(w) is defined"]);
    check_simple("sqrt(w)*sqrt(w)", "w", &["w ≥ 0"]);
    check_simple("sqrt(w^2)", "sqrt(w^2)", &[]);
    check_simple("(w^0.5)^2", "w", &["w ≥ 0"]);
    check_simple("exp(log(w))", "w", &["log(w) is defined"]);
    check_simple("log(exp(w))", "w", &[]);
    check_simple("exp(w)*exp(x)", "exp(w + x)", &[]);
    check_simple("exp(w)^2", "exp(2*w)", &[]);
    check_simple("exp(w)/exp(w)", "1", &[]);
    check_simple("(w + 1)^2 - w^2", "2*w + 1", &[]);
    check_simple("2*x^2*w - 2*x*y", "2*x*(x*w - y)", &[]);
    check_simple("(w - x)/(x - w)", "-1", &["w - x ≠ 0"]);
    check_simple("-(x - w)", "w - x", &[]);
    check_simple("sin(-w) + cos(-w)", "cos(w) - sin(w)", &[]);
    check_simple("sqrt(9)*2", "6", &[]);
    check_simple("2^10", "1024", &[]);
    check_simple("2^0.5", "sqrt(2)", &[]);
    check_simple("x^99999999", "x^99999999", &[]);
    check_simple("3^99999999", "3^99999999", &[]);
    check_simple("0^0", "1", &[]);
    check_simple("1/0", "1/0", &[]);
    check_simple("log(-1)", "log(-1)", &[]);
    check_simple("abs(abs(w))", "abs(w)", &[]);
    check_simple("max(w, w)", "w", &[]);
    check_simple("log(e)", "1", &[]);
    check_simple("1/3", "1/3", &[]);
    check_simple("(x + y)*w - w*(y + x)", "0", &[]);
}

#[test]
fn higher_orders_stay_small() {
    let text = |order| calculation("w*sin(w*w)", order).derivative().unwrap().to_string();
    assert_eq!(text(1), "sin(w^2) + 2*w^2*cos(w^2)");
    assert_eq!(text(2), "6*w*cos(w^2) - 4*w^3*sin(w^2)");
    assert!(text(4).len() < 200, "{}", text(4));
    assert_eq!(calculation("w^4", 4).derivative().unwrap().to_string(), "24");
}

#[test]
fn what_is_refused() {
    let check = |source: &str, variable: &str, order, message: &str| {
        let error = Calculation::of(&program(source), variable, order).unwrap_err();
        assert_eq!(error.to_string(), message);
    };
    check("w", "w", 99, "the order must be a whole number from 1 to 4; it is 99");
    check("w", "w", 0, "the order must be a whole number from 1 to 4; it is 0");
    check("x*y", "w", 1, "there is no `w` in this formula; its variables are `x`, `y`");
    check("2 + pi", "w", 1, "there is no `w` in this formula; it has no variable at all");
    let nested = (0..60).fold("a0 = w".to_owned(), |text, k| format!("{text}; a{} = a{k}*a{k}", k + 1));
    check(&nested, "w", 1, "written out, this has more than 20000 terms; name a part of it on a line of its own");
    let settled = Error::NotSettled(30).to_string();
    assert_eq!(settled, "this was not simple after 30 rounds of simplification; try a part of it");
}

#[test]
fn long_and_deep_formulas_are_differentiated() {
    let sum = vec!["w"; 5_000].join(" + ");
    assert_eq!(calculation(&sum, 1).derivative().unwrap().to_string(), "5000");
    let deep = format!("{}w{}", "sin(".repeat(190), ")".repeat(190));
    let derivation = calculation(&deep, 1).last().derivation.clone();
    assert_eq!(derivation.steps.len(), 190);
}

/// Whether no number is so large or so small that digits of its neighbours are lost.
fn is_tame(values: &[f64]) -> bool {
    values.iter().all(|value| *value == 0.0 || (1e-4..1e4).contains(&value.abs()))
}

/// The value of a step's derivative, against a central difference of what it differentiates.
#[track_caller]
fn check_steps(program: &Program, numbers: [f64; 3]) -> Result<(), TestCaseError> {
    let mut pool = Pool::default();
    let root = pool.import_program(program);
    let w = pool.name("w");
    let Ok(derivation) = Derivation::of(&mut pool, root, w) else { return Ok(()) };
    let _ = lines(&mut pool, &derivation);
    let at = |shift: f64| {
        let values: Vec<(&str, f64)> =
            NAMES.iter().copied().zip([numbers[0], numbers[1] + shift, numbers[2]]).collect();
        evaluate(&pool, Some(&derivation), &values)
    };
    let h = 1e-6;
    let (here, left, right) = (at(0.0), at(-h), at(h));
    for step in &derivation.steps {
        let of = |values: &[f64]| values[step.of as usize];
        let difference = (of(&right) - of(&left)) / (2.0 * h);
        let ours = here[step.result as usize];
        prop_assert!(close(here[step.after as usize], ours, 1e-9), "{}", text(&pool, step.after));
        let curved = (of(&right) - 2.0 * of(&here) + of(&left)).abs() / (h * h);
        let smooth = is_tame(&here[..=root as usize]) && difference.abs() < 1e5 && curved < 1e3 && ours.is_finite();
        prop_assert!(!smooth || close(ours, difference, 1e-4), "{}: {ours} for {difference}", text(&pool, step.of));
    }
    Ok(())
}

/// A golden point: x, w, y, the value and the derivative.
fn point(group: &str) -> ([f64; 3], f64, f64) {
    let numbers: Vec<f64> = group.split(',').map(|number| number.parse().unwrap()).collect();
    ([numbers[0], numbers[1], numbers[2]], numbers[3], numbers[4])
}

/// The raw derivative, the simplified one, and the function, each with what it should be.
fn faults(formula: &str, calculation: &Calculation, group: &str) -> Option<String> {
    let (numbers, value, derivative) = point(group);
    let values: Vec<(&str, f64)> = NAMES.into_iter().zip(numbers).collect();
    let last = calculation.last();
    let all = evaluate(&calculation.pool, Some(&last.derivation), &values);
    let wanted =
        [(calculation.function, value), (last.derivation.result(), derivative), (last.simplified.id, derivative)];
    let wrong = wanted.iter().find(|(id, wanted)| !close(all[*id as usize], *wanted, 1e-9));
    wrong.map(|(id, wanted)| format!("{formula} at {numbers:?}: {} for {wanted}", all[*id as usize]))
}

#[test]
fn derivatives_are_those_of_sympy() {
    let text = golden("derivatives.tsv").replace('y', "ŷ");
    let mut wrong = Vec::new();
    for line in text.lines() {
        let (formula, points) = line.split_once('\t').unwrap();
        let Ok(calculation) = Calculation::of(&program(formula), "w", 1) else {
            assert!(formula == "5", "{formula}");
            continue;
        };
        wrong.extend(points.split('\t').filter_map(|group| faults(formula, &calculation, group)));
    }
    assert!(text.lines().count() >= 2_184);
    assert!(wrong.is_empty(), "{} faults\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_step_of_the_goldens_is_a_limit_of_differences() {
    for line in golden("derivatives.tsv").replace('y', "ŷ").lines() {
        let (formula, points) = line.split_once('\t').unwrap();
        for group in points.split('\t') {
            check_steps(&program(formula), point(group).0).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn every_step_is_a_limit_of_differences(tree in any_tree(), numbers in prop::array::uniform3(0.2..2.5)) {
        check_steps(&program(&tree.expression().to_string()), numbers)?;
    }
}

proptest! {
    #![proptest_config(cases(10_000))]

    #[test]
    fn symbolic_is_forward_mode(tree in any_tree(), numbers in prop::array::uniform3(0.2..2.5)) {
        let program = program(&tree.expression().to_string());
        let expected = dual(&program, "w", numbers);
        prop_assume!(expected.moderate && expected.scale < 1e6);
        let Ok(calculation) = Calculation::of(&program, "w", 1) else { return Ok(()) };
        let values: Vec<(&str, f64)> = NAMES.into_iter().zip(numbers).collect();
        let all = evaluate(&calculation.pool, Some(&calculation.last().derivation), &values);
        let raw = all[calculation.last().derivation.result() as usize];
        let simple = all[calculation.last().simplified.id as usize];
        let tolerance = 1e-9 * (1.0 + expected.scale);
        prop_assert!((raw - expected.derivative).abs() <= tolerance || raw.is_nan(), "{}: {} for {}", program, raw, expected.derivative);
        prop_assert!((simple - expected.derivative).abs() <= tolerance || simple.is_nan(), "{}: {} for {}", program, simple, expected.derivative);
    }

    #[test]
    fn simplified_formulas_keep_their_value_and_stay(tree in any_tree(), numbers in prop::array::uniform3(0.2..2.5)) {
        let source = tree.expression().to_string();
        let mut pool = Pool::default();
        let id = pool.import_program(&program(&source));
        let once = simplify(&mut pool, id).unwrap().id;
        let simple = text(&pool, once);
        let values: Vec<(&str, f64)> = NAMES.into_iter().zip(numbers).collect();
        let all = evaluate(&pool, None, &values);
        let (before, after) = (all[id as usize], all[once as usize]);
        prop_assert!(!is_tame(&all[..=id as usize]) || close(before, after, 1e-9), "{} is {}, but {} is {}", source, before, simple, after);
        let mut again = Pool::default();
        let id = again.import_program(&program(&simple));
        let twice = simplify(&mut again, id).unwrap().id;
        prop_assert_eq!(text(&again, twice), simple);
    }
}
