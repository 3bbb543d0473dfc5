//! PyTorch for a network that learns classes of pictures or pixels, or the next token of a text: the
//! same data in the same order from the same initial weights, so that it prints the same losses.

mod forward;
mod masks;
mod pictures;
mod text;

pub use self::masks::Masks;
pub use self::pictures::Pictures;
pub use self::text::Text;

use super::network::pythonic;
use super::script::Script;
use super::torch::optimizer;
use crate::autodiff::engine::Precision;
use crate::formula::Program;
use crate::learn::{Optimizer, Parameter};
use crate::number::repr;

/// How long a line of base64 is.
const WIDTH: usize = 100;

/// What a network learns from.
#[derive(Clone, Copy, Debug)]
pub enum Samples<'s> {
    /// Each has a class.
    Pictures(Pictures<'s>),
    /// Each token of a window has a next one.
    Windows(Text<'s>),
    /// Some pixels of each have a class.
    Masks(Masks<'s>),
}

impl Samples<'_> {
    /// The columns of the program.
    fn columns(&self) -> [&'static str; 2] {
        match self {
            Self::Pictures(_) => ["picture", "label"],
            Self::Windows(_) => ["tokens", "next"],
            Self::Masks(_) => ["picture", "mask"],
        }
    }

    /// The variables with all samples for training.
    fn variables(&self) -> [&'static str; 2] {
        match self {
            Self::Pictures(_) => ["pictures", "labels"],
            Self::Windows(_) => ["windows", "following"],
            Self::Masks(_) => ["pictures", "masks"],
        }
    }

    /// What one sample is called, and what several are.
    fn words(&self) -> [&'static str; 2] {
        match self {
            Self::Pictures(_) | Self::Masks(_) => ["picture", "pictures"],
            Self::Windows(_) => ["window", "windows"],
        }
    }
}

/// A network and its run.
#[derive(Clone, Copy, Debug)]
pub struct Classifier<'c> {
    /// Its last line is the loss of one sample.
    pub program: &'c Program,
    /// In the order of their initial numbers.
    pub parameters: &'c [Parameter],
    /// The line with a score for each class, if there is one.
    pub scores: Option<&'c str>,
    /// What it learns from.
    pub samples: Samples<'c>,
    /// How many samples are trained on; they are the first.
    pub training: usize,
    /// How many samples follow for the test.
    pub test: usize,
    /// Where the samples come from.
    pub credit: &'c str,
    /// The rule that moves the parameters.
    pub optimizer: Optimizer,
    /// The learning rates, each with the step from which on it holds; the first is that of step 0.
    pub rates: &'c [(usize, f64)],
    /// How many samples a step takes; the last step of an epoch takes those that are left.
    pub batch: usize,
    /// How many steps are taken.
    pub steps: usize,
    /// The seed of the orders, if samples are shuffled.
    pub shuffle: Option<u32>,
    /// The numbers that are calculated with.
    pub precision: Precision,
    /// The initial numbers as little-endian doubles, in base64.
    pub weights: &'c str,
}

/// The program in its parts: data, network, loss and optimizer, training, the test if there are
/// samples for it, and a function that writes if a text is learned.
#[must_use]
pub fn classifier(run: &Classifier<'_>) -> Script {
    let given: Vec<&str> =
        run.samples.columns().into_iter().chain(run.parameters.iter().map(|each| each.name.as_str())).collect();
    let mut writer = Writer { run, names: pythonic(&given, run.program), script: Script::default() };
    writer.write_data();
    writer.write_network();
    writer.write_loss();
    writer.write_training();
    if run.test > 0 {
        writer.write_test();
    }
    if let (Samples::Windows(text), Some(_)) = (&run.samples, run.scores) {
        writer.write_writing(text);
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
        self.script.begin();
        self.write_imports();
        // To Python, a carriage return alone ends a comment too.
        let credit = self.run.credit.split(['\n', '\r']);
        credit.filter(|line| !line.is_empty()).for_each(|line| self.push(format!("# {line}")));
        match &self.run.samples {
            Samples::Pictures(pictures) => self.write_pictures(pictures),
            Samples::Windows(text) => self.write_text(text),
            Samples::Masks(masks) => self.write_masks(masks),
        }
    }

    /// The function that reads the bytes of weights and other data.
    fn write_reader(&mut self) {
        self.push("\n\ndef bytes_of(text, dtype):");
        self.push("    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=dtype)\n\n");
    }

    fn write_imports(&mut self) {
        let functions = self.functions();
        let uses = |name: &str| functions.iter().any(|line| line.contains(name));
        self.push("import base64");
        let is_text = matches!(self.run.samples, Samples::Windows(_));
        if uses("math.") || is_text && self.run.test > 0 {
            self.push("import math");
        }
        if self.run.shuffle.is_some() {
            self.push("import random");
        }
        if matches!(self.run.samples, Samples::Windows(Text { is_encoded: true, .. })) {
            self.push("import re");
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

    fn write_loss(&mut self) {
        self.script.begin();
        let ([_, samples], [given, right]) = (self.run.samples.words(), self.run.samples.variables());
        self.push("def loss_of(samples):");
        self.push(format!("    \"\"\"The mean of the losses of some {samples}, all computed at once.\"\"\""));
        self.push(format!("    {} = torch.vmap(forward)({given}[samples], {right}[samples])", self.results()));
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

    /// What the network gives for several samples.
    fn results(&self) -> &'static str {
        if self.run.scores.is_some() { "scores, losses" } else { "losses" }
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
        let [_, samples] = self.run.samples.words();
        self.push(format!(
            "def batches():\n    \"\"\"The numbers of the {samples} of each step, without an end.\"\"\""
        ));
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
        match self.run.samples {
            Samples::Pictures(_) => self.test_pictures(),
            Samples::Windows(_) => self.test_windows(),
            Samples::Masks(_) => self.test_masks(),
        }
    }

    /// How many of the answers are right, if the program has scores.
    fn write_accuracy(&mut self, right: &str) {
        if self.run.scores.is_some() {
            self.push(format!("correct = (scores.argmax(1) == {right}).double()"));
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
