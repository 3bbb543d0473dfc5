//! The training loop, the values that it stores, and its output.

use super::{Writer, tuple};
use crate::export::script::{Mark, rounded};
use crate::export::update::update;
use crate::learn::{PROBE, Rule, Schedule, Style};
use crate::number::repr;

impl Writer<'_> {
    pub(super) fn write_training(&mut self) {
        let predict = format!("predict({})", [vec![repr(PROBE)], self.parameters()].concat().join(", "));
        if self.settings.shuffle().is_some() || !self.settings.optimizer().is_plain() {
            self.write_memory();
        }
        if self.fit().is_some() {
            let prediction = rounded(self.style, &predict);
            self.script.push(format!("print(\"predict (before training)\", 4, {prediction})"));
        }
        self.script.push(format!("for epoch in range({}):", self.settings.epochs()));
        self.write_epoch();
        if self.fit().is_some() {
            let prediction = match self.style {
                Style::Rounded => format!("format({predict}, \".2f\")"),
                Style::Full => predict,
            };
            self.script.push(format!("print(\"predict (after training)\", \"4 hours\", {prediction})"));
        }
    }

    /// The values that are kept from step to step, and the seed of the shuffling.
    fn write_memory(&mut self) {
        if let Some(seed) = self.settings.shuffle() {
            self.script.push(format!("random.seed({seed})"));
        }
        let rule = self.settings.optimizer().rule;
        if matches!(rule, Rule::Adam | Rule::AdamW) {
            self.script.push("power1 = power2 = 1.0");
        }
        let kept = match rule {
            Rule::Sgd if self.settings.optimizer().momentum == 0.0 => 0..0,
            Rule::Sgd => 0..1,
            Rule::Adagrad => 1..2,
            Rule::RmsProp | Rule::Adam | Rule::AdamW => 0..2,
        };
        for memories in &self.names.memories[self.model.inputs().len()..] {
            for name in &memories[kept.clone()] {
                self.script.push(format!("{name} = 0.0"));
            }
        }
    }

    fn write_epoch(&mut self) {
        match self.settings.schedule() {
            Schedule::Constant => {}
            Schedule::Step { size, gamma } => {
                let line = format!(
                    "    if epoch > 0 and epoch % {size} == 0:\n        learning_rate = learning_rate * {}",
                    repr(gamma)
                );
                self.script.push(line);
            }
            Schedule::Exponential { gamma } => {
                self.script.push(format!("    if epoch > 0:\n        learning_rate = learning_rate * {}", repr(gamma)));
            }
            Schedule::Cosine => {
                let (first, epochs) = (repr(self.settings.learning_rate()), self.settings.epochs());
                let wave = format!("(1.0 + math.cos(math.pi * epoch / {epochs}))");
                self.script.push(format!("    learning_rate = {first} * {wave} / 2.0"));
            }
        }
        if self.settings.shuffle().is_some() {
            self.script.push("    random.shuffle(data)");
        }
        match self.settings.batch() {
            1 => self.write_samples(),
            _ => self.write_batches(),
        }
        let weights: Vec<String> = self
            .model
            .parameters()
            .iter()
            .zip(self.parameters())
            .map(|(name, value)| format!("\"{name}=\", {}", rounded(self.style, &value)))
            .collect();
        let loss = rounded(self.style, "total");
        self.script.push(format!("    print(\"progress:\", epoch, {}, \"loss=\", {loss})", weights.join(", ")));
    }

    fn write_samples(&mut self) {
        let (inputs, parameters, gradients) = (self.inputs(), self.parameters(), self.gradients());
        let arguments = [inputs.clone(), parameters].concat().join(", ");
        let printed: Vec<String> =
            inputs.iter().cloned().chain(gradients.iter().map(|name| rounded(self.style, name))).collect();
        self.script.push(format!("    for {} in data:", loop_names(&inputs)));
        self.script.push(format!("        {} = gradient({arguments})", gradients.join(", ")));
        self.script.push(format!("        print(\"\\tgrad: \", {})", printed.join(", ")));
        self.write_update();
        self.script.push(format!("    total = forward({arguments})"));
    }

    fn write_batches(&mut self) {
        let (inputs, parameters, gradients) = (self.inputs(), self.parameters(), self.gradients());
        let arguments = [inputs.clone(), parameters].concat().join(", ");
        let memories = &self.names.memories[self.model.inputs().len()..];
        let shares: Vec<String> = memories.iter().map(|[.., share]| share.clone()).collect();
        let batch = self.settings.batch();
        self.script.push(format!("    for start in range(0, len(data), {batch}):"));
        self.script.push(format!("        batch = data[start : start + {batch}]"));
        self.script.push(format!("        {} = 0.0", gradients.join(" = ")));
        self.script.push(format!("        for {} in batch:", loop_names(&inputs)));
        self.script.push(format!("            {} = gradient({arguments})", shares.join(", ")));
        for (gradient, share) in gradients.iter().zip(&shares) {
            self.script.push(format!("            {gradient} = {gradient} + {share}"));
        }
        for gradient in &gradients {
            self.script.push(format!("        {gradient} = {gradient} / len(batch)"));
        }
        let printed: Vec<String> = gradients.iter().map(|name| rounded(self.style, name)).collect();
        self.script.push(format!("        print(\"\\tgrad: \", {})", printed.join(", ")));
        self.write_update();
        self.script.push(format!("    total = 0.0\n    for {} in batch:", loop_names(&inputs)));
        self.script.push(format!("        total = total + forward({arguments})\n    total = total / len(batch)"));
    }

    fn write_update(&mut self) {
        let optimizer = self.settings.optimizer();
        let indent = "        ";
        if matches!(optimizer.rule, Rule::Adam | Rule::AdamW) {
            let [first, second] = optimizer.betas.map(repr);
            let lines = format!("{indent}power1 = power1 * {first}\n{indent}power2 = power2 * {second}");
            self.script.push_marked(lines, Some(Mark::Update));
        }
        let memories = self.names.memories[self.model.inputs().len()..].to_vec();
        for ((weight, gradient), [v, s, _]) in self.parameters().iter().zip(self.gradients()).zip(memories) {
            for line in update(&optimizer, weight, &gradient, [&v, &s]) {
                self.script.push_marked(format!("{indent}{line}"), Some(Mark::Update));
            }
        }
    }
}

fn loop_names(names: &[String]) -> String {
    if names.len() < 2 { tuple(names) } else { names.join(", ") }
}
