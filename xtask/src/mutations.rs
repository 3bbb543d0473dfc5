//! Deliberate mistakes in the engine, of which the tests must catch each.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::command::{announce, cargo};

/// A mistake: the file, what stands there once, and what stands in its place.
struct Mutation {
    name: &'static str,
    file: &'static str,
    right: &'static str,
    wrong: &'static str,
}

const ADJOINT: &str = "src/autodiff/engine/adjoint.rs";
const ACCESS: &str = "src/autodiff/engine/access.rs";
const CALLED: &str = "src/autodiff/engine/compile/called.rs";
const NEST: &str = "src/autodiff/engine/compile/nest.rs";
const ARITHMETIC: &str = "src/autodiff/engine/build/arithmetic.rs";
const VIEW: &str = "src/autodiff/engine/build/view.rs";
const OPERATION: &str = "src/autodiff/operation.rs";
const FUNCTION: &str = "src/function.rs";

const fn mutation(name: &'static str, file: &'static str, right: &'static str, wrong: &'static str) -> Mutation {
    Mutation { name, file, right, wrong }
}

/// Every rule of the backward pass, and every derivative, is broken once.
#[rustfmt::skip]
const MUTATIONS: [Mutation; 60] = [
    mutation("a difference passes its gradient to both sides alike", ADJOINT, "(Operation::Negate, _) | (Operation::Subtract, _) => (Work::Operation(Operation::Negate)", "(Operation::Negate, _) | (Operation::Subtract, _) => (Work::Operation(Operation::Identity)"),
    mutation("a product is multiplied by its own factor", ADJOINT, "statement.inputs[1 - place].clone()", "statement.inputs[place].clone()"),
    mutation("only the derivative by the first operand is used", ADJOINT, "(Work::Derivative(operation, place), inputs)", "(Work::Derivative(operation, 0), inputs)"),
    mutation("the value is not among the operands of a derivative", ADJOINT, ".chain([statement.out.clone()])", ".chain([statement.inputs[0].clone()])"),
    mutation("equal largest numbers get nothing", ADJOINT, "Work::Operation(Operation::Call(&KEEP))", "Work::Operation(Operation::Call(&crate::function::DROP))"),
    mutation("equal largest numbers get the whole gradient each", ADJOINT, "work: Work::Derivative(Operation::Divide, 0),", "work: Work::Operation(Operation::Identity),"),
    mutation("the largest number's place is not used", ADJOINT, "access: outer(winner), stride: 1,", "access: outer(winner), stride: 0,"),
    mutation("the gradient of a window is written forwards", ADJOINT, "out: input.reversed(&statement.domain),", "out: input.clone(),"),
    mutation("the operands are read forwards", ADJOINT, "inputs.iter().map(|input| input.reversed(&statement.domain)).collect();", "inputs.to_vec();"),
    mutation("a second use replaces the gradient of the first", ADJOINT, "        work,\n        fold: Fold::Sum(Start::Stored),", "        work,\n        fold: Fold::Set,"),
    mutation("a gradient is not cleared where it is not covered", ADJOINT, "if known.is_none() && adjoint.out.covers(&adjoint.domain, &shape) {", "if known.is_none() {"),
    mutation("a first gradient is added to what lies there", ADJOINT, "adjoint.fold = Fold::Sum(Start::Number(NOTHING));", "adjoint.fold = Fold::Sum(Start::Number(1.0));"),
    mutation("the last statement passes nothing back", ADJOINT, "for place in (0..self.forward).rev() {", "for place in (0..self.forward.saturating_sub(1)).rev() {"),
    mutation("gradients are passed back from the beginning", ADJOINT, "for place in (0..self.forward).rev() {", "for place in 0..self.forward {"),
    mutation("the place of the largest number gets a gradient", ADJOINT, "_ if statement.detached => 0,", "_ if statement.detached => 1,"),
    mutation("windows that overlap count as apart", ACCESS, "let apart = stride > reach;", "let apart = stride >= reach;"),
    mutation("compiled code calls an inner function by its name alone", CALLED, "std::ptr::eq(*known, function)", "false && std::ptr::eq(*known, function)"),
    mutation("the first operand of a difference gets the negative", ADJOINT, " | (Operation::Subtract, 0) => {", " => {"),
    mutation("sums of gradients begin at 0, which -0 is lost in", ADJOINT, "const NOTHING: f64 = -0.0;", "const NOTHING: f64 = 0.0;"),
    mutation("sums that overlap are put in another order", ADJOINT, " || !statement.out.is_injective(&statement.domain)", ""),
    mutation("the last part of a tensor decides whether it needs a gradient", ADJOINT, "needed[statement.out.tensor] |= reaches;", "needed[statement.out.tensor] = reaches;"),
    mutation("a gradient is not cleared before it is added to", ADJOINT, "self.statements.push(self.fill(gradient, nothing));", "self.fill(gradient, nothing);"),
    mutation("loops that end at their beginnings begin there too", ACCESS, "offset: self.offset + last,", "offset: self.offset,"),
    mutation("one tensor in two orders is one operand", ARITHMETIC, "if a.tensor != b.tensor || a == b {", "if a.tensor != usize::MAX {"),
    mutation("a quotient by its first operand", OPERATION, "Self::Divide => [1.0 / b, -(y / b)],", "Self::Divide => [b, -(y / b)],"),
    mutation("a quotient by its second operand", OPERATION, "Self::Divide => [1.0 / b, -(y / b)],", "Self::Divide => [1.0 / b, y / b],"),
    mutation("a square", OPERATION, "2.0 => 2.0 * a,", "2.0 => a,"),
    mutation("a power by its base", OPERATION, "_ => b * a.powf(b - 1.0),", "_ => a.powf(b - 1.0),"),
    mutation("a power with the exponent 0", OPERATION, "        0.0 => 0.0,\n", ""),
    mutation("a power by its exponent", OPERATION, "{ 0.0 } else { y * a.ln() }", "{ 0.0 } else { y }"),
    mutation("a power of 0 by its exponent", OPERATION, "if a == 0.0 && b >= 0.0 {", "if false {"),
    mutation("exp", FUNCTION, "f64::exp, |_, y| y,", "f64::exp, |a, _| a,"),
    mutation("log", FUNCTION, "f64::ln, |a, _| 1.0 / a,", "f64::ln, |_, y| 1.0 / y,"),
    mutation("log2", FUNCTION, "1.0 / (a * LN_2)", "1.0 / a"),
    mutation("log10", FUNCTION, "1.0 / (a * LN_10)", "1.0 / (a * LN_2)"),
    mutation("sqrt", FUNCTION, "\"sqrt\", f64::sqrt, |_, y| 0.5 / y,", "\"sqrt\", f64::sqrt, |_, y| 1.0 / y,"),
    mutation("sin", FUNCTION, "|a, _| a.cos()", "|a, _| -a.cos()"),
    mutation("cos", FUNCTION, "|a, _| -a.sin()", "|a, _| a.sin()"),
    mutation("tan", FUNCTION, "|_, y| 1.0 + y * y", "|_, y| 1.0 - y * y"),
    mutation("asin", FUNCTION, "|a, _| 1.0 / ((1.0 - a) * (1.0 + a)).sqrt()", "|a, _| 1.0 / ((1.0 - a) * (1.0 - a)).sqrt()"),
    mutation("acos", FUNCTION, "|a, _| -1.0 / (", "|a, _| 1.0 / ("),
    mutation("atan", FUNCTION, "1.0 / (1.0 + a * a)", "1.0 / (1.0 + a)"),
    mutation("sinh", FUNCTION, "|a, _| a.cosh()", "|a, _| a.sinh()"),
    mutation("cosh", FUNCTION, "f64::cosh, |a, _| a.sinh()", "f64::cosh, |a, _| -a.sinh()"),
    mutation("tanh", FUNCTION, "f64::tanh, |_, y| 1.0 - y * y", "f64::tanh, |a, _| 1.0 - a * a"),
    mutation("sigmoid", FUNCTION, "|_, y| y * (1.0 - y)", "|_, y| y"),
    mutation("softplus", FUNCTION, "softplus, |a, _| sigmoid(a)", "softplus, |_, y| sigmoid(y)"),
    mutation("relu at 0", FUNCTION, "relu, |a, _| if a <= 0.0", "relu, |a, _| if a < 0.0"),
    mutation("abs", FUNCTION, "f64::abs, |a, _| sign(a)", "f64::abs, |a, _| step(a)"),
    mutation("min", FUNCTION, "min, [|a, b| larger(b, a), larger]", "min, [larger, |a, b| larger(b, a)]"),
    mutation("max", FUNCTION, "max, [larger, |a, b| larger(b, a)]", "max, [larger, larger]"),
    mutation("min and max of equal numbers", FUNCTION, "return 0.5;", "return 1.0;"),
    mutation("where it holds", FUNCTION, "[|_, b| f64::from(b != 0.0), |_, _| 0.0]", "[|_, _| 1.0, |_, _| 0.0]"),
    mutation("where it does not hold", FUNCTION, "[|_, b| f64::from(b == 0.0), |_, _| 0.0]", "[|_, b| b, |_, _| 0.0]"),
    mutation("the norm of nothing but zeros", FUNCTION, "if y == 0.0 { 0.0 } else { 0.5 / y }", "0.5 / y"),
    mutation("a norm", FUNCTION, "if y == 0.0 { 0.0 } else { 0.5 / y }", "if y == 0.0 { 0.0 } else { 1.0 / y }"),
    mutation("the first of the largest in the scalar graph", FUNCTION, "[|a, b| f64::from(is_first(a, b)), |a, b|", "[|a, b| f64::from(a > b), |a, b|"),
    mutation("the shared largest in the scalar graph", FUNCTION, "|_, b| b, [|_, _| 1.0,", "|_, b| b, [|_, _| 0.0,"),
    mutation("windows all stand at the beginning", VIEW, "view.strides[axis] = stride * step as isize;", "view.strides[axis] = 0;"),
    mutation("compiled code chooses the row 0 by -1", NEST, "is_no_whole(body, scalar, number, chosen);", "body.then().i32_const(0);"),
];

/// Where the mistakes are made, in a copy of the project.
const COPY: &str = "target/mutations";
/// What the tests need.
const PARTS: [&str; 9] =
    ["Cargo.toml", "Cargo.lock", ".cargo", "src", "tests", "benches", "xtask", "docs", "rustfmt.toml"];

/// The tests that are run.
const TESTS: [&str; 7] = ["adjoints", "tensors", "compiled", "hostile", "seen", "batches", "functions"];

/// Makes each mistake in turn, and says which of them no test has caught.
pub(crate) fn mutate() -> Result<(), String> {
    announce("copying the project");
    copy()?;
    announce("running the tests without a mistake");
    if !passes()? {
        return Err("the tests fail without a mistake; run cargo xtask test --only native first".to_owned());
    }
    let mut survivors = Vec::new();
    for mutation in &MUTATIONS {
        let is_caught = is_caught(mutation)?;
        println!("{}: {}", if is_caught { "caught" } else { "NOT CAUGHT" }, mutation.name);
        survivors.extend((!is_caught).then_some(mutation.name));
    }
    match survivors.as_slice() {
        [] => Ok(()),
        names => Err(format!("no test catches: {}", names.join("; "))),
    }
}

fn copy() -> Result<(), String> {
    fs::create_dir_all(COPY).map_err(|error| format!("can't make {COPY}: {error}"))?;
    for part in PARTS {
        let mut command = Command::new("cp");
        command.args(["-r", "--remove-destination", part, COPY]);
        crate::command::run("the copy", &mut command)?;
    }
    Ok(())
}

fn is_caught(mutation: &Mutation) -> Result<bool, String> {
    let path = Path::new(COPY).join(mutation.file);
    let text = fs::read_to_string(&path).map_err(|error| format!("can't read {}: {error}", path.display()))?;
    if text.matches(mutation.right).count() != 1 {
        return Err(format!("`{}` does not stand once in {}", mutation.right, mutation.file));
    }
    let write = |text: &str| fs::write(&path, text).map_err(|error| format!("can't write {}: {error}", path.display()));
    write(&text.replace(mutation.right, mutation.wrong))?;
    let passed = passes();
    write(&text)?;
    Ok(!passed?)
}

/// Whether the tests of the engine pass; a mistake that is not compiled, or that ends in a loop, is
/// caught too.
fn passes() -> Result<bool, String> {
    let mut command = cargo();
    command.args(["test", "--quiet", "--test", "core", "--"]).args(TESTS);
    command.current_dir(COPY).stdout(Stdio::null()).stderr(Stdio::null());
    // That a test fails is enough to know: no smaller example is looked for.
    command.envs([("CARGO_TARGET_DIR", "target"), ("PROPTEST_MAX_SHRINK_ITERS", "0"), ("RUST_BACKTRACE", "0")]);
    let status = command.status().map_err(|error| format!("cargo could not start: {error}"))?;
    Ok(status.success())
}
