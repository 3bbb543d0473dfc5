//! The network: its initial numbers, the functions that it calls, and the program as a function.

use super::super::helpers::definitions;
use super::super::network::called;
use super::super::torch::renamed;
use super::Writer;
use crate::autodiff::engine::{Precision, count};
use crate::formula::Expression;
use crate::learn::Parameter;

impl Writer<'_> {
    pub(super) fn write_network(&mut self) {
        self.script.begin();
        let names = self.parameters().join(", ");
        self.push(format!("# The initial numbers of {names}: eight bytes each, row by row."));
        self.write_bytes("WEIGHTS", self.run.weights);
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

    /// The functions that the program calls, and the program as a function of one sample.
    pub(super) fn functions(&self) -> Vec<String> {
        let lines = self.run.program.lines();
        let called = definitions(&called(self.run.program)).into_iter().map(|definition| format!("{definition}\n\n"));
        let columns = self.run.samples.columns().map(|name| self.python(name)).join(", ");
        let [sample, _] = self.run.samples.words();
        let scores = self.run.scores.map(|scores| self.python(scores));
        let said = if scores.is_some() { "The class scores and the loss" } else { "The loss" };
        let head = [format!("def forward({columns}):"), format!("    \"\"\"{said} of one {sample}.\"\"\"")];
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
}

/// Sizes as the arguments of `reshape`; those of a single number are an empty tuple.
fn tuple(shape: &[usize]) -> String {
    let sizes: Vec<String> = shape.iter().map(usize::to_string).collect();
    if sizes.is_empty() { "()".to_owned() } else { sizes.join(", ") }
}
