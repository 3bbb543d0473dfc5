//! Plain Python: the model, both passes, and the loop that trains.

mod training;

use super::names::Names;
use super::passes::{share, value};
use super::script::{Mark, Script};
use crate::autodiff::{Graph, NodeId, Operation};
use crate::calculus::Calculation;
use crate::formula::Program;
use crate::learn::{Fit, Model, Rule, Schedule, Settings, Style};
use crate::number::repr;

/// The program that prints the trace of a run with these settings.
#[must_use]
pub fn python(model: &Model, settings: &Settings, style: Style) -> Script {
    let names = Names::of(model.graph(), repr);
    Writer { model, settings, style, names, script: Script::default() }.written()
}

struct Writer<'m> {
    model: &'m Model,
    settings: &'m Settings,
    style: Style,
    names: Names,
    script: Script,
}

impl Writer<'_> {
    fn written(mut self) -> Script {
        self.script.begin();
        self.write_head();
        self.write_data();
        self.script.begin();
        self.write_forward();
        self.script.begin();
        self.write_gradient();
        if self.fit().is_some() {
            self.script.begin();
            self.write_predict();
        }
        self.script.begin();
        self.write_training();
        self.script
    }

    fn graph(&self) -> &Graph {
        self.model.graph()
    }

    fn fit(&self) -> Option<Fit> {
        Fit::of(self.model).filter(|fit| fit.input.is_some())
    }

    /// The names of the columns in use, and those of the parameters.
    fn inputs(&self) -> Vec<String> {
        self.names.values[..self.model.inputs().len()].to_vec()
    }

    fn parameters(&self) -> Vec<String> {
        self.names.values[self.model.inputs().len()..self.graph().variables().len()].to_vec()
    }

    fn gradients(&self) -> Vec<String> {
        self.names.gradients[self.model.inputs().len()..self.graph().variables().len()].to_vec()
    }

    fn write_head(&mut self) {
        for line in self.model.program().to_string().lines() {
            self.script.push(format!("# {line}"));
        }
        for parameter in self.model.parameters() {
            if let Some(derivative) = symbolic(self.model.program(), parameter) {
                let last = self.model.program().lines().last().map_or("", |line| line.name());
                self.script.push(format!("# The derivative of {last} with respect to {parameter} is {derivative}"));
            }
        }
        let uses_math = self.uses_math();
        if uses_math || self.settings.shuffle().is_some() {
            self.script.push("");
        }
        if uses_math {
            self.script.push("import math");
        }
        if self.settings.shuffle().is_some() {
            self.script.push("import random");
        }
    }

    fn uses_math(&self) -> bool {
        let called = |node| match self.graph().operation(node) {
            Some(Operation::Call(function)) => function.python.contains("math."),
            Some(Operation::Power) => true,
            _ => false,
        };
        let has_root = !matches!(self.settings.optimizer().rule, Rule::Sgd);
        (0..self.graph().len()).any(called) || has_root || self.settings.schedule() == Schedule::Cosine
    }

    fn write_data(&mut self) {
        let names = if self.inputs().is_empty() { "one sample".to_owned() } else { self.inputs().join(", ") };
        self.script.push(format!("\ndata = [  # {names}"));
        for sample in 0..self.model.samples() {
            let numbers: Vec<String> = self.model.row(sample).iter().map(|&number| repr(number)).collect();
            self.script.push(format!("    {},", tuple(&numbers)));
        }
        self.script.push("]\n");
        for (name, &value) in self.parameters().iter().zip(self.settings.init()) {
            self.script.push(format!("{name} = {}", repr(value)));
        }
        self.script.push(format!("learning_rate = {}", repr(self.settings.learning_rate())));
    }

    fn write_forward(&mut self) {
        let arguments = [self.inputs(), self.parameters()].concat().join(", ");
        self.script.push(format!("def forward({arguments}):\n    \"\"\"The loss of a sample.\"\"\""));
        self.write_values(self.graph().output(), false);
        let output = self.names.values[self.graph().output()].clone();
        self.script.push(format!("    return {output}"));
    }

    /// The operations that a node needs, in order.
    fn write_values(&mut self, output: usize, marked: bool) {
        let needed = ancestors(self.graph(), output);
        for node in (self.graph().leaves()..self.graph().len()).filter(|&node| needed[node]) {
            let line = format!("    {} = {}", self.names.values[node], value(self.graph(), node, &self.names.values));
            self.script.push_marked(line, marked.then_some(Mark::Forward(node as NodeId)));
        }
    }

    fn write_gradient(&mut self) {
        let arguments = [self.inputs(), self.parameters()].concat().join(", ");
        self.script.push(format!("def gradient({arguments}):"));
        self.script
            .push("    \"\"\"The derivatives of the loss by the parameters, by the chain rule from the end.\"\"\"");
        self.write_values(self.graph().output(), true);
        let output = self.graph().output();
        self.script
            .push_marked(format!("    {} = 1.0", self.names.gradients[output]), Some(Mark::Backward(output as NodeId)));
        let unused = self.write_backward(output);
        for name in unused {
            self.script.push(format!("    {name} = 0.0"));
        }
        self.script.push(format!("    return {}", self.gradients().join(", ")));
    }

    /// The backward pass, only through nodes that depend on parameters; returns the gradients that
    /// stay 0.
    fn write_backward(&mut self, output: usize) -> Vec<String> {
        let inputs = self.model.inputs().len();
        let variables = self.graph().variables().len();
        let sources: Vec<bool> = (0..variables).map(|variable| variable >= inputs).collect();
        let trained = self.graph().depends(&sources);
        let needed = ancestors(self.graph(), output);
        let mut reached = vec![false; self.graph().len()];
        for node in (self.graph().leaves()..self.graph().len()).rev().filter(|&node| needed[node] && trained[node]) {
            for (side, input) in self.graph().inputs(node).to_vec().into_iter().enumerate() {
                let input = input as usize;
                if trained[input] {
                    let sign = if reached[input] { "+=" } else { "=" };
                    reached[input] = true;
                    let share = share(self.graph(), node, side, &self.names);
                    let line = format!("    {} {sign} {share}", self.names.gradients[input]);
                    self.script.push_marked(line, Some(Mark::Backward(node as NodeId)));
                }
            }
        }
        (inputs..variables).filter(|&node| !reached[node]).map(|node| self.names.gradients[node].clone()).collect()
    }

    fn write_predict(&mut self) {
        let Some(Fit { node, input: Some(input), .. }) = self.fit() else { return };
        let arguments = [vec![self.names.values[input].clone()], self.parameters()].concat().join(", ");
        self.script.push(format!("def predict({arguments}):"));
        self.write_values(node, false);
        let prediction = self.names.values[node].clone();
        self.script.push(format!("    return {prediction}"));
    }
}

/// The derivative of a program's last line as Python, if it is short enough to read.
fn symbolic(program: &Program, parameter: &str) -> Option<String> {
    let mut calculation = Calculation::of(program, parameter, 1).ok()?;
    let derivative = calculation.simplified().ok()?.id;
    Some(calculation.written(derivative).ok()?.to_string()).filter(|text| text.len() <= 80)
}

/// The nodes from which a node is computed, including itself.
fn ancestors(graph: &Graph, output: usize) -> Vec<bool> {
    let mut needed = vec![false; graph.len()];
    needed[output] = true;
    for node in (graph.leaves()..graph.len()).rev() {
        if needed[node] {
            graph.inputs(node).iter().for_each(|&input| needed[input as usize] = true);
        }
    }
    needed
}

fn tuple(items: &[String]) -> String {
    match items {
        [one] => format!("({one},)"),
        items => format!("({})", items.join(", ")),
    }
}
