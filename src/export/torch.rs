//! PyTorch: the same model and loop, with the gradient from autograd.

use super::names::Names;
use super::network::network;
use super::script::{Mark, Script, rounded};
use crate::autodiff::NodeId;
use crate::formula::{Expression, Span, Term};
use crate::learn::{Fit, Kind, Model, OPTIONS, Optimizer, PROBE, Schedule, Settings, Style};
use crate::number::repr;

/// The PyTorch program for a run with these settings. It prints the trace; sums may differ in
/// their last digits.
#[must_use]
pub fn torch(model: &Model, settings: &Settings, style: Style) -> Script {
    if model.has_tensors() {
        return network(model, settings, style);
    }
    let names = Names::of(model.graph(), repr);
    let mut writer = Writer { model, settings, style, names, script: Script::default() };
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
    names: Names,
    script: Script,
}

impl Writer<'_> {
    fn inputs(&self) -> Vec<String> {
        self.names.values[..self.model.inputs().len()].to_vec()
    }

    fn parameters(&self) -> Vec<String> {
        self.names.values[self.model.inputs().len()..self.model.graph().variables().len()].to_vec()
    }

    fn write_head(&mut self) {
        self.script.push("import math");
        if self.settings.shuffle().is_some() {
            self.script.push("import random");
        }
        self.script.push("\nimport torch\n\ntorch.set_default_dtype(torch.float64)\n");
        let names = if self.inputs().is_empty() { "none, one sample".to_owned() } else { self.inputs().join(", ") };
        self.script.push(format!("# Columns: {names}"));
        self.script.push("data = torch.tensor([");
        for sample in 0..self.model.samples() {
            let numbers: Vec<String> = self.model.row(sample).iter().map(|&number| repr(number)).collect();
            self.script.push(format!("    [{}],", numbers.join(", ")));
        }
        self.script.push("])\n");
        for (name, &value) in self.parameters().iter().zip(self.settings.init()) {
            self.script.push(format!("{name} = torch.tensor({}, requires_grad=True)", repr(value)));
        }
        let parameters = self.parameters();
        write_optimizer(&mut self.script, self.settings, &parameters);
    }

    fn write_model(&mut self) {
        self.script.push(format!("def forward({}):", self.inputs().join(", ")));
        let lines = self.model.program().lines();
        for line in lines {
            let node = self.model.graph().find(line.name());
            let name = node.map_or(line.name().to_owned(), |node| self.names.values[node].clone());
            let text = format!("    {name} = {}", renamed(&line.expression, |name| self.python(name)).torch());
            self.script.push_marked(text, node.map(|node| Mark::Forward(node as NodeId)));
        }
        let output = self.names.values[self.model.graph().output()].clone();
        let prediction = Fit::of(self.model).map(|fit| self.names.values[fit.node].clone());
        let prediction = prediction.filter(|prediction| *prediction != output).unwrap_or("None".to_owned());
        self.script.push(format!("    return {prediction}, {output}"));
    }

    fn python(&self, name: &str) -> String {
        let node = self.model.graph().find(name);
        node.map_or_else(|| name.to_owned(), |node| self.names.values[node].clone())
    }

    /// The prediction for the probe; it does not depend on the other columns.
    fn predicted(&self) -> Option<String> {
        let input = Fit::of(self.model)?.input?;
        let probe = repr(PROBE);
        let arguments: Vec<&str> =
            (0..self.inputs().len()).map(|column| if column == input { probe.as_str() } else { "0.0" }).collect();
        let arguments: Vec<String> = arguments.into_iter().map(|number| format!("torch.tensor({number})")).collect();
        Some(format!("forward({})[0].item()", arguments.join(", ")))
    }

    fn write_training(&mut self) {
        let predicted = self.predicted();
        if let Some(seed) = self.settings.shuffle() {
            self.script.push(format!("random.seed({seed})\norder = list(range(len(data)))"));
        }
        if let Some(predicted) = &predicted {
            self.script.push(format!("print(\"predict (before training)\", 4, {})", rounded(self.style, predicted)));
        }
        self.script.push(format!("for epoch in range({}):", self.settings.epochs()));
        self.write_epoch();
        if let Some(predicted) = predicted {
            let predicted = match self.style {
                Style::Rounded => format!("format({predicted}, \".2f\")"),
                Style::Full => predicted,
            };
            self.script.push(format!("print(\"predict (after training)\", \"4 hours\", {predicted})"));
        }
    }

    fn write_epoch(&mut self) {
        let (batch, shuffled) = (self.settings.batch(), self.settings.shuffle().is_some());
        if shuffled {
            self.script.push("    random.shuffle(order)");
        }
        let rows = if shuffled {
            format!("data[order[start : start + {batch}]]")
        } else {
            format!("data[start : start + {batch}]")
        };
        let (inputs, parameters) = (self.inputs(), self.parameters());
        self.script.push(format!("    for start in range(0, len(data), {batch}):"));
        if inputs.is_empty() {
            self.script.push("        optimizer.zero_grad()\n        mean = forward()[1].mean()");
        } else {
            self.script.push(format!("        {} = {rows}.unbind(1)", sequence(&inputs)));
            self.script.push(format!(
                "        optimizer.zero_grad()\n        mean = forward({})[1].mean()",
                inputs.join(", ")
            ));
        }
        self.script.push("        mean.backward()");
        let columns = inputs.iter().filter(|_| batch == 1).map(|input| format!("{input}.item()"));
        let gradients = parameters.iter().map(|name| rounded(self.style, &format!("{name}.grad.item()")));
        let printed: Vec<String> = columns.chain(gradients).collect();
        self.script.push(format!("        print(\"\\tgrad: \", {})", printed.join(", ")));
        self.script.push_marked("        optimizer.step()", Some(Mark::Update));
        let weights: Vec<String> = self
            .model
            .parameters()
            .iter()
            .zip(&parameters)
            .map(|(name, value)| format!("\"{name}=\", {}", rounded(self.style, &format!("{value}.item()"))))
            .collect();
        let loss = rounded(self.style, &format!("forward({})[1].mean().item()", inputs.join(", ")));
        self.script.push(format!("    print(\"progress:\", epoch, {}, \"loss=\", {loss})", weights.join(", ")));
        if self.settings.schedule() != Schedule::Constant {
            self.script.push("    scheduler.step()");
        }
    }
}

fn sequence(names: &[String]) -> String {
    if names.len() == 1 { format!("({},)", names[0]) } else { names.join(", ") }
}

/// The formula with valid Python names.
pub(super) fn renamed(expression: &Expression, python: impl Fn(&str) -> String) -> Expression {
    let mut renamed = Expression::default();
    for term in expression.terms() {
        let term = match term {
            Term::Name(name) => Term::Name(python(name)),
            other => other.clone(),
        };
        renamed.push(term, Span::default());
    }
    renamed
}

/// The parameters, and what moves them.
pub(super) fn write_optimizer(script: &mut Script, settings: &Settings, parameters: &[String]) {
    script.push(format!("parameters = [{}]", parameters.join(", ")));
    let optimizer = optimizer(&settings.optimizer(), settings.learning_rate());
    script.push(format!("optimizer = torch.optim.{optimizer}"));
    if let Some(schedule) = schedule(settings) {
        script.push(format!("scheduler = torch.optim.lr_scheduler.{schedule}"));
    }
}

/// The optimizer with the options that differ from PyTorch's defaults.
pub(super) fn optimizer(optimizer: &Optimizer, rate: f64) -> String {
    let method = optimizer.method();
    let mut written = vec!["parameters".to_owned(), format!("lr={}", repr(rate))];
    for option in &OPTIONS {
        let default = method.options.iter().find(|(name, _)| *name == option.name);
        let values = optimizer.values(option.name);
        if default.is_some_and(|(_, default)| *default != values.as_slice()) {
            written.push(format!("{}={}", snake_case(option.name), python(option.kind, &values)));
        }
    }
    format!("{}({})", method.label, written.join(", "))
}

fn python(kind: Kind, values: &[f64]) -> String {
    let numbers: Vec<String> = values.iter().map(|&value| repr(value)).collect();
    match kind {
        Kind::Number => numbers.concat(),
        Kind::Flag => (if values == [1.0] { "True" } else { "False" }).to_owned(),
        Kind::Pair => format!("({})", numbers.join(", ")),
    }
}

/// `weight_decay` for `weightDecay`.
fn snake_case(name: &str) -> String {
    let lower = |c: char| if c.is_ascii_uppercase() { format!("_{}", c.to_ascii_lowercase()) } else { c.to_string() };
    name.chars().map(lower).collect()
}

fn schedule(settings: &Settings) -> Option<String> {
    match settings.schedule() {
        Schedule::Constant => None,
        Schedule::Step { size, gamma } => Some(format!("StepLR(optimizer, step_size={size}, gamma={})", repr(gamma))),
        Schedule::Exponential { gamma } => Some(format!("ExponentialLR(optimizer, gamma={})", repr(gamma))),
        Schedule::Cosine => Some(format!("CosineAnnealingLR(optimizer, T_max={})", settings.epochs())),
    }
}
