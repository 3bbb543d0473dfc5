//! The printed trace: the output of the deck's program during training, digit for digit.

use super::{Model, Run};
use crate::number::{fixed, repr, round};

/// The number for which the trace predicts, before and after training: the deck's "4 hours".
pub(crate) const PROBE: f64 = 4.0;

/// How the trace writes its numbers; the deck shows both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Rounded to two places.
    Rounded,
    /// All digits, as Python's `print` writes a float.
    Full,
}

/// The trace of a run, printed line by line on demand.
///
/// There is a line for each step and one for each epoch, and one before and one after them if the
/// model can predict from a single number.
#[derive(Clone, Copy)]
pub struct Trace<'r> {
    model: &'r Model,
    run: &'r Run,
    style: Style,
    predicts: bool,
}

impl<'r> Trace<'r> {
    /// The trace of `run`, which is a run of `model`.
    #[must_use]
    pub fn new(model: &'r Model, run: &'r Run, style: Style) -> Self {
        let predicts = model.predict(PROBE, run.parameters_before(0)).is_some();
        Self { model, run, style, predicts }
    }

    /// The whole text; every line ends with a line break.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines(0, self.len())
    }

    /// How many lines there are.
    #[must_use]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.run.steps() + self.epochs() + 2 * usize::from(self.predicts)
    }

    /// The place, counted from 0, of the line that a step writes.
    #[must_use]
    pub fn line_of(&self, step: usize) -> usize {
        usize::from(self.predicts) + step + step / self.run.batches()
    }

    /// The lines from `start` up to `end`, each with its line break.
    #[must_use]
    pub fn lines(&self, start: usize, end: usize) -> String {
        let mut text = String::new();
        for line in start..end.min(self.len()) {
            self.write(line, &mut text);
            text.push('\n');
        }
        text
    }

    fn write(&self, line: usize, out: &mut String) {
        match line {
            0 if self.predicts => self.write_before(out),
            last if self.predicts && last + 1 == self.len() => self.write_after(out),
            line => self.write_inside(line - usize::from(self.predicts), out),
        }
    }

    /// The line of a step, or the line of an epoch after its steps.
    fn write_inside(&self, line: usize, out: &mut String) {
        let batches = self.run.batches();
        let (epoch, batch) = (line / (batches + 1), line % (batches + 1));
        if batch == batches { self.write_epoch(epoch, out) } else { self.write_step(epoch * batches + batch, out) }
    }

    fn write_before(&self, out: &mut String) {
        let prediction = self.predict(0);
        out.push_str("predict (before training) 4 ");
        out.push_str(&self.number(prediction));
    }

    /// The sample's numbers, if the batch is a single sample of numbers, and the gradient.
    fn write_step(&self, step: usize, out: &mut String) {
        out.push_str("\tgrad: ");
        let is_shown = self.run.settings().batch() == 1 && self.model.inputs().len() == self.model.columns();
        let sample = Some(self.run.samples_of(step)).filter(|_| is_shown);
        for &value in sample.map_or(&[][..], |sample| self.model.row(sample[0] as usize)) {
            out.push(' ');
            out.push_str(&repr(value));
        }
        self.write_parameters(self.run.gradient(step), false, out);
    }

    fn write_epoch(&self, epoch: usize, out: &mut String) {
        let end = (epoch + 1) * self.run.batches();
        out.push_str(&format!("progress: {epoch}"));
        self.write_parameters(self.run.parameters_before(end), true, out);
        out.push_str(&format!(" loss= {}", self.number(self.run.losses()[end - 1])));
    }

    /// A number for each parameter: of a tensor the norm, called `|W|`.
    fn write_parameters(&self, mut numbers: &[f64], with_names: bool, out: &mut String) {
        for parameter in self.model.tensors() {
            let (own, rest) = numbers.split_at(parameter.shape.iter().product());
            numbers = rest;
            let bar = if parameter.shape.is_empty() { "" } else { "|" };
            if with_names || !bar.is_empty() {
                out.push_str(&[" ", bar, &parameter.name, bar, "="].concat());
            }
            out.push(' ');
            out.push_str(&self.number(if bar.is_empty() { own[0] } else { norm(own) }));
        }
    }

    fn write_after(&self, out: &mut String) {
        let prediction = self.predict(self.run.steps());
        out.push_str("predict (after training) 4 hours ");
        out.push_str(&match self.style {
            Style::Rounded => fixed(prediction, 2),
            Style::Full => repr(prediction),
        });
    }

    fn number(&self, value: f64) -> String {
        match self.style {
            Style::Rounded => repr(round(value, 2)),
            Style::Full => repr(value),
        }
    }

    fn epochs(&self) -> usize {
        self.run.steps() / self.run.batches()
    }

    fn predict(&self, step: usize) -> f64 {
        self.model.predict(PROBE, self.run.parameters_before(step)).unwrap_or(f64::NAN)
    }
}

/// The root of the sum of squares.
fn norm(numbers: &[f64]) -> f64 {
    numbers.iter().map(|number| number * number).sum::<f64>().sqrt()
}
