//! PyTorch for programs of tensors: the same names and the same loop, one sample after the other.

use super::helpers::definitions;
use super::names::Names;
use super::script::{Mark, Script, rounded};
use super::torch::{renamed, write_optimizer};
use crate::autodiff::engine::count;
use crate::formula::{Line, Program, TensorOperation, Term};
use crate::learn::{Model, Parameter, Schedule, Settings, Style};
use crate::number::repr;

pub(super) fn network(model: &Model, settings: &Settings, style: Style) -> Script {
    let mut writer = Writer { model, settings, style, names: names(model), script: Script::default() };
    writer.script.begin();
    writer.write_head();
    writer.script.begin();
    writer.write_model();
    writer.script.begin();
    writer.write_training();
    writer.script
}

struct Writer<'m> {
    model: &'m Model,
    settings: &'m Settings,
    style: Style,
    /// Each name of the program beside its Python name.
    names: Vec<(String, String)>,
    script: Script,
}

/// The names of columns, parameters and lines, and how Python writes them.
fn names(model: &Model) -> Vec<(String, String)> {
    let parameters = model.tensors().iter().map(|parameter| parameter.name.as_str());
    let given: Vec<&str> = columns(model).into_iter().chain(parameters).collect();
    pythonic(&given, model.program())
}

/// Each of the given names, and of a program's lines, with its Python name.
pub(super) fn pythonic(given: &[&str], program: &Program) -> Vec<(String, String)> {
    let lines: Vec<&str> = program.lines().iter().map(Line::name).collect();
    let own = given.iter().chain(&lines).map(|&name| name.to_owned());
    own.zip(Names::of_names(given, &lines)).collect()
}

/// The columns that the program uses.
fn columns(model: &Model) -> Vec<&str> {
    let free = model.program().free_names();
    model.data().names().into_iter().filter(|name| free.contains(name)).collect()
}

impl Writer<'_> {
    fn python(&self, name: &str) -> String {
        let known = self.names.iter().find(|(own, _)| own == name);
        known.map_or_else(|| name.to_owned(), |(_, python)| python.clone())
    }

    fn inputs(&self) -> Vec<String> {
        columns(self.model).into_iter().map(|name| self.python(name)).collect()
    }

    fn parameters(&self) -> Vec<String> {
        self.model.tensors().iter().map(|parameter| self.python(&parameter.name)).collect()
    }

    fn write_head(&mut self) {
        self.script.push("import math");
        if self.settings.shuffle().is_some() {
            self.script.push("import random");
        }
        self.script.push("\nimport torch\nfrom torch.nn import functional\n\ntorch.set_default_dtype(torch.float64)\n");
        for column in
            self.model.data().columns().iter().filter(|column| columns(self.model).contains(&column.name.as_str()))
        {
            let shape = [&[column.samples()], column.shape.as_slice()].concat();
            self.script.push(format!(
                "{} = torch.tensor({})",
                self.python(&column.name),
                nested(&shape, &column.values)
            ));
        }
        let mut rest = self.settings.init();
        for Parameter { name, shape } in self.model.tensors() {
            let (own, after) = rest.split_at(count(shape));
            rest = after;
            self.script.push(format!(
                "{} = torch.tensor({}, requires_grad=True)",
                self.python(name),
                nested(shape, own)
            ));
        }
        let parameters = self.parameters();
        write_optimizer(&mut self.script, self.settings, &parameters);
    }

    fn write_model(&mut self) {
        for definition in definitions(&called(self.model.program())) {
            self.script.push(format!("{definition}\n\n"));
        }
        self.script.push(format!("def forward({}):", self.inputs().join(", ")));
        let lines = self.model.program().lines();
        for line in lines {
            let text = renamed(&line.expression, |name| self.python(name)).torch();
            self.script.push(format!("    {} = {text}", self.python(line.name())));
        }
        let last = lines.last().map_or(String::new(), |line| self.python(line.name()));
        self.script.push(format!("    return {last}.reshape(())"));
    }

    fn write_training(&mut self) {
        let samples = self.model.samples();
        if let Some(seed) = self.settings.shuffle() {
            self.script.push(format!("random.seed({seed})"));
        }
        self.script.push(format!("order = list(range({samples}))"));
        self.script.push(format!("for epoch in range({}):", self.settings.epochs()));
        if self.settings.shuffle().is_some() {
            self.script.push("    random.shuffle(order)");
        }
        let batch = self.settings.batch();
        let arguments: Vec<String> = self.inputs().iter().map(|name| format!("{name}[sample]")).collect();
        let mean = format!("torch.stack([forward({}) for sample in samples]).mean()", arguments.join(", "));
        self.script.push(format!("    for start in range(0, {samples}, {batch}):"));
        self.script.push(format!("        samples = order[start : start + {batch}]\n        optimizer.zero_grad()"));
        self.script.push(format!("        {mean}.backward()"));
        self.script.push(format!("        print(\"\\tgrad: \", {})", self.norms(".grad")));
        self.script.push_marked("        optimizer.step()", Some(Mark::Update));
        let loss = rounded(self.style, &format!("{mean}.item()"));
        self.script.push(format!("    print(\"progress:\", epoch, {}, \"loss=\", {loss})", self.norms("")));
        if self.settings.schedule() != Schedule::Constant {
            self.script.push("    scheduler.step()");
        }
    }

    /// A number for each parameter: itself, or the norm of a tensor.
    fn norms(&self, part: &str) -> String {
        let shown = |parameter: &Parameter| {
            let name = self.python(&parameter.name);
            let bar = if parameter.shape.is_empty() { "" } else { "|" };
            let value = match parameter.shape.as_slice() {
                [] => format!("{name}{part}.item()"),
                _ => format!("{name}{part}.norm().item()"),
            };
            match part {
                ".grad" if bar.is_empty() => rounded(self.style, &value),
                _ => format!("\"{bar}{}{bar}=\", {}", parameter.name, rounded(self.style, &value)),
            }
        };
        self.model.tensors().iter().map(shown).collect::<Vec<_>>().join(", ")
    }
}

/// The functions of tensors that a program calls; a list is one too.
pub(super) fn called(program: &Program) -> Vec<&'static str> {
    let terms = program.lines().iter().flat_map(|line| line.expression.terms());
    let name = |term: &Term| match term {
        Term::Tensor(TensorOperation::Call(function, _), _) => Some(function.name),
        Term::Tensor(TensorOperation::List, _) => Some("stack"),
        _ => None,
    };
    terms.filter_map(name).collect()
}

/// Numbers, row by row, as nested lists.
fn nested(shape: &[usize], numbers: &[f64]) -> String {
    let Some((&size, inner)) = shape.split_first() else { return repr(numbers[0]) };
    let width = count(inner);
    let rows = (0..size).map(|row| nested(inner, &numbers[row * width..(row + 1) * width]));
    format!("[{}]", rows.collect::<Vec<_>>().join(", "))
}
