//! A formula evaluated or differentiated at one point, without data and training.

use wasm_bindgen::prelude::*;

use super::object::{Nodes, Problem, nodes, problem};
use crate::autodiff::{Graph, Phase, Sweep, lower};
use crate::formula::Program;
use crate::learn::{self, Error, Recipe};

/// The value of a program's last line, with `values` for its free `names`.
#[wasm_bindgen]
pub fn evaluate(model: &str, names: Vec<String>, values: &[f64]) -> Result<f64, Problem> {
    let (graph, mut sweep) = prepare(model, &[], &names, values).map_err(|error| problem(&error, model))?;
    Ok(sweep.forward(&graph))
}

/// Every node of a program's graph after a forward and a backward pass.
#[wasm_bindgen]
pub fn gradient(model: &str, names: Vec<String>, values: &[f64]) -> Result<Nodes, Problem> {
    let (graph, mut sweep) = prepare(model, &[], &names, values).map_err(|error| problem(&error, model))?;
    sweep.forward(&graph);
    sweep.backward(&graph);
    Ok(nodes(&graph, &sweep, Phase::Update))
}

/// The columns `x` and `y`, one after the other, of data made by a formula in `x`.
#[wasm_bindgen]
pub fn generate(formula: &str, low: f64, high: f64, count: f64, noise: f64, seed: u32) -> Result<Vec<f64>, Problem> {
    let recipe = Recipe { range: (low, high), count, noise, seed };
    let made = Program::parse(formula).map_err(Error::from).and_then(|program| learn::generate(&program, recipe));
    made.map(|columns| columns.concat()).map_err(|error| problem(&error, formula))
}

/// A program's graph with a number for each of its variables, of which `columns` come first.
pub(super) fn prepare(
    model: &str,
    columns: &[&str],
    names: &[String],
    values: &[f64],
) -> Result<(Graph, Sweep), Error> {
    let program = Program::parse(model)?;
    let graph = lower(&program, columns);
    let mut sweep = Sweep::new(&graph);
    for (name, span) in program.free_uses() {
        let index = names.iter().position(|given| given == name);
        let value = index.and_then(|index| values.get(index));
        let value = *value.ok_or(Error::MissingValue(name.to_owned(), span))?;
        if let Some(place) = graph.variables().iter().position(|variable| variable == name) {
            sweep.values[place] = value;
        }
    }
    Ok((graph, sweep))
}
