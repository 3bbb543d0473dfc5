//! PyTorch for a network that learns classes of pictures: the same data in the same order from the
//! same initial weights, so that it prints the same losses.

use super::helpers::definitions;
use super::network::{called, pythonic};
use super::script::Script;
use super::torch::{optimizer, renamed};
use crate::autodiff::engine::{Precision, count};
use crate::formula::{Expression, Program};
use crate::learn::{Optimizer, Parameter};
use crate::number::repr;

/// The columns of every such program.
const COLUMNS: [&str; 2] = ["picture", "label"];

/// How long a line of base64 is.
const WIDTH: usize = 100;

/// A network and its run.
#[derive(Clone, Copy, Debug)]
pub struct Classifier<'c> {
    /// Its last line is the loss of one picture.
    pub program: &'c Program,
    /// In the order of their initial numbers.
    pub parameters: &'c [Parameter],
    /// The line with a score for each class, if there is one.
    pub scores: Option<&'c str>,
    /// The rows and the columns of a picture.
    pub size: [usize; 2],
    /// What a white pixel is.
    pub levels: f64,
    /// How many pictures are trained on; they are the first.
    pub training: usize,
    /// How many pictures follow for the test.
    pub test: usize,
    /// Where the pictures come from.
    pub credit: &'c str,
    /// The rule that moves the parameters.
    pub optimizer: Optimizer,
    /// The learning rates, each with the step from which on it holds; the first is that of step 0.
    pub rates: &'c [(usize, f64)],
    /// How many pictures a step takes; the last step of an epoch takes those that are left.
    pub batch: usize,
    /// How many steps are taken.
    pub steps: usize,
    /// The seed of the orders, if pictures are shuffled.
    pub shuffle: Option<u32>,
    /// The numbers that are calculated with.
    pub precision: Precision,
    /// Pixels and labels with a byte each, and the initial numbers as little-endian doubles, in base64.
    pub bytes: [&'c str; 3],
}

/// The program in its parts: data, network, loss and optimizer, training, and the test if there are
/// pictures for it.
#[must_use]
pub fn classifier(run: &Classifier<'_>) -> Script {
    let given: Vec<&str> = COLUMNS.into_iter().chain(run.parameters.iter().map(|each| each.name.as_str())).collect();
    let mut writer = Writer { run, names: pythonic(&given, run.program), script: Script::default() };
    writer.write_data();
    writer.write_network();
    writer.write_loss();
    writer.write_training();
    if run.test > 0 {
        writer.write_test();
    }
    writer.script
}

struct Writer<'w> {
    run: &'w Classifier<'w>,
    /// Each name of the program beside its Python name.
    names: Vec<(String, String)>,
    script: Script,
}

impl Writer<'_> {
    fn python(&self, name: &str) -> String {
        let known = self.names.iter().find(|(own, _)| own == name);
        known.map_or_else(|| name.to_owned(), |(_, python)| python.clone())
    }

    fn parameters(&self) -> Vec<String> {
        self.run.parameters.iter().map(|each| self.python(&each.name)).collect()
    }

    fn push(&mut self, text: impl AsRef<str>) {
        self.script.push(text);
    }

    fn write_data(&mut self) {
        let Classifier { size: [rows, columns], levels, training, test, credit, bytes, .. } = *self.run;
        self.script.begin();
        self.write_imports();
        // To Python, a carriage return alone ends a comment too.
        credit.split(['\n', '\r']).filter(|line| !line.is_empty()).for_each(|line| self.push(format!("# {line}")));
        let rest = if test > 0 { format!(", then {test} for the test") } else { String::new() };
        self.push(format!("# {training} pictures for training{rest}: a byte for each pixel, row by row."));
        self.write_bytes("PICTURES", bytes[0]);
        self.push("# The class of each picture, a byte each.");
        self.write_bytes("LABELS", bytes[1]);
        self.push("\n\ndef bytes_of(text, dtype):");
        self.push("    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=dtype)\n\n");
        self.push(format!("training = {training}"));
        let pixels = "bytes_of(PICTURES, torch.uint8).to(torch.get_default_dtype())";
        self.push(format!("pictures = {pixels}.reshape(-1, 1, {rows}, {columns}) / {}", repr(levels)));
        self.push("labels = bytes_of(LABELS, torch.uint8).to(torch.get_default_dtype())");
    }

    fn write_imports(&mut self) {
        let functions = self.functions();
        let uses = |name: &str| functions.iter().any(|line| line.contains(name));
        self.push("import base64");
        if uses("math.") {
            self.push("import math");
        }
        if self.run.shuffle.is_some() {
            self.push("import random");
        }
        self.push("\nimport torch");
        if uses("functional.") {
            self.push("from torch.nn import functional");
        }
        self.push(format!("\ntorch.set_default_dtype(torch.{})\n", name(self.run.precision)));
    }

    fn write_bytes(&mut self, name: &str, base64: &str) {
        self.push(format!("{name} = \"\"\""));
        // All of base64, and what stands in its place, is ASCII.
        base64.as_bytes().chunks(WIDTH).for_each(|line| self.push(String::from_utf8_lossy(line)));
        self.push("\"\"\"");
    }

    fn write_network(&mut self) {
        self.script.begin();
        let names = self.parameters().join(", ");
        self.push(format!("# The initial numbers of {names}: eight bytes each, row by row."));
        self.write_bytes("WEIGHTS", self.run.bytes[2]);
        self.push("weights = bytes_of(WEIGHTS, torch.float64).to(torch.get_default_dtype())");
        let mut start = 0;
        for Parameter { name, shape } in self.run.parameters {
            let end = start + count(shape);
            let (name, shape) = (self.python(name), tuple(shape));
            self.push(format!("{name} = weights[{start}:{end}].reshape({shape}).clone().requires_grad_()"));
            start = end;
        }
        self.push("\n");
        self.functions().iter().for_each(|line| self.push(line));
    }

    /// The functions that the program calls, and the program as a function of one picture.
    fn functions(&self) -> Vec<String> {
        let lines = self.run.program.lines();
        let called = definitions(&called(self.run.program)).into_iter().map(|definition| format!("{definition}\n\n"));
        let [picture, label] = COLUMNS.map(|name| self.python(name));
        let scores = self.run.scores.map(|scores| self.python(scores));
        let said = if scores.is_some() { "The class scores and the loss" } else { "The loss" };
        let head = [format!("def forward({picture}, {label}):"), format!("    \"\"\"{said} of one picture.\"\"\"")];
        let body =
            lines.iter().map(|line| format!("    {} = {}", self.python(line.name()), self.torch(&line.expression)));
        let loss = lines.last().map_or(String::new(), |line| format!("{}.reshape(())", self.python(line.name())));
        let result = scores.map_or(loss.clone(), |scores| format!("{scores}, {loss}"));
        called.chain(head).chain(body).chain([format!("    return {result}")]).collect()
    }

    /// The formula in the precision of the run.
    fn torch(&self, expression: &Expression) -> String {
        let text = renamed(expression, |name| self.python(name)).torch();
        match self.run.precision {
            Precision::Double => text,
            // Names have no points, so nothing else than the casts of comparisons is meant.
            Precision::Single => text.replace(".double()", ".float()"),
        }
    }

    fn write_loss(&mut self) {
        self.script.begin();
        let result = if self.run.scores.is_some() { "scores, losses" } else { "losses" };
        self.push(
            "def loss_of(samples):\n    \"\"\"The mean of the losses of some pictures, all computed at once.\"\"\"",
        );
        self.push(format!("    {result} = torch.vmap(forward)(pictures[samples], labels[samples])"));
        self.push("    return losses.mean()\n\n");
        self.push(format!("parameters = [{}]", self.parameters().join(", ")));
        let rate = self.run.rates.first().map_or(0.0, |(_, rate)| *rate);
        self.push(format!("optimizer = torch.optim.{}", optimizer(&self.run.optimizer, rate)));
        if self.changes() {
            self.push("# The learning rate was changed during the training: the first step with each.\nrates = {");
            self.run.rates.iter().for_each(|(step, rate)| self.push(format!("    {step}: {},", repr(*rate))));
            self.push("}");
        }
    }

    fn changes(&self) -> bool {
        self.run.rates.len() > 1
    }

    fn write_training(&mut self) {
        let Classifier { batch, steps, shuffle, .. } = *self.run;
        self.script.begin();
        if let Some(seed) = shuffle {
            self.push(format!("random.seed({seed})\n\n"));
        }
        self.push("def batches():\n    \"\"\"The numbers of the pictures of each step, without an end.\"\"\"");
        self.push("    order = list(range(training))\n    while True:");
        if shuffle.is_some() {
            self.push("        random.shuffle(order)");
        }
        self.push(format!("        for start in range(0, training, {batch}):"));
        self.push(format!("            yield order[start : start + {batch}]\n\n"));
        self.push(format!("for step, samples in zip(range({steps}), batches()):"));
        if self.changes() {
            self.push("    if step in rates:\n        for group in optimizer.param_groups:");
            self.push("            group[\"lr\"] = rates[step]");
        }
        self.push("    optimizer.zero_grad()\n    loss = loss_of(samples)\n    loss.backward()\n    optimizer.step()");
        self.push("    print(step, loss.item())");
    }

    fn write_test(&mut self) {
        self.script.begin();
        let has_scores = self.run.scores.is_some();
        self.push("with torch.no_grad():");
        let result = if has_scores { "scores, losses" } else { "losses" };
        self.push(format!("    {result} = torch.vmap(forward)(pictures[training:], labels[training:])"));
        self.push("print(\"test loss\", losses.mean().item())");
        if has_scores {
            self.push("correct = (scores.argmax(1) == labels[training:]).double()");
            self.push("print(\"test accuracy\", correct.mean().item())");
        }
    }
}

fn name(precision: Precision) -> &'static str {
    match precision {
        Precision::Double => "float64",
        Precision::Single => "float32",
    }
}

/// Sizes as the arguments of `reshape`; those of a single number are an empty tuple.
fn tuple(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    if sizes.is_empty() { "()".to_owned() } else { sizes.join(", ") }
}
