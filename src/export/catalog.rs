//! The engine's own lists as a JavaScript module, so that the page does not repeat them.

use crate::learn::{Kind, Limits, Method, MethodOption, OPTIMIZERS, OPTIONS, SCHEDULES};

/// The text before the lists.
const HEAD: &str = "\
// Made by the build from the engine's own lists.
/** @typedef {{ name: string, label: string, options: Readonly<Record<string, readonly number[]>> }} Method */
/** @typedef {{ name: string, kind: \"number\" | \"flag\" | \"pair\", range: string, help: string }} MethodOption */
";

/// The module's text: optimizers, schedules, their options, and the page's limits.
#[must_use]
pub fn catalog() -> String {
    let Limits { samples, steps, .. } = Limits::PAGE;
    [
        HEAD.to_owned(),
        list("OPTIMIZERS", "Method", OPTIMIZERS.iter().map(|(optimizer, _)| method(optimizer))),
        list("SCHEDULES", "Method", SCHEDULES.iter().map(method)),
        list("OPTIONS", "MethodOption", OPTIONS.iter().map(option)),
        format!("export const LIMITS = {{ samples: {samples}, steps: {steps} }};\n"),
    ]
    .concat()
}

fn list(name: &str, of: &str, rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<String> = rows.map(|row| format!("  {row},\n")).collect();
    format!("export const {name} = /** @type {{readonly {of}[]}} */ ([\n{}]);\n", rows.concat())
}

fn method(method: &Method) -> String {
    let options: Vec<String> = method.options.iter().map(|(name, values)| format!("{name}: {values:?}")).collect();
    format!("{{ name: {:?}, label: {:?}, options: {{{}}} }}", method.name, method.label, options.join(", "))
}

fn option(option: &MethodOption) -> String {
    let kind = match option.kind {
        Kind::Number => "number",
        Kind::Flag => "flag",
        Kind::Pair => "pair",
    };
    let (name, range, help) = (option.name, option.range.words(), option.help);
    format!("{{ name: {name:?}, kind: {kind:?}, range: {range:?}, help: {help:?} }}")
}
