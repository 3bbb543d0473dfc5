//! A derivation in the format for JavaScript: each distinct formula once, and everything else as
//! numbers.

use js_sys::Object;
use rustc_hash::FxHashMap;

use super::packed::Texts;
use crate::calculus::{Calculation, Derivation, Error, Id, Rule};
use crate::formula::{Expression, Program};

/// Texts and numbers in the order in which the page's `calculate` reads them.
#[derive(Default)]
pub(super) struct Report {
    texts: Texts,
    numbers: Vec<u32>,
}

impl Report {
    pub(super) fn of(calculation: &mut Calculation, program: &Program) -> Result<Object, Error> {
        let mut report = Self::default();
        let lines = calculation.lines()?;
        let simplified = calculation.simplified()?.clone();
        let conditions: Vec<String> =
            simplified.conditions.iter().filter_map(|&condition| calculation.condition(condition).ok()).collect();
        report.list(program.free_names());
        report.texts.push(program.lines().last().map_or("", |line| line.name()));
        report.formula(&calculation.written(calculation.function)?);
        report.formula(&calculation.written(simplified.id)?);
        report.list(conditions.iter().map(String::as_str));
        report.derivation(calculation, &lines);
        Ok(report.texts.with(&report.numbers))
    }

    fn list<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        let before = self.numbers.len();
        self.numbers.push(0);
        for text in texts {
            self.texts.push(text);
            self.numbers[before] += 1;
        }
    }

    fn formula(&mut self, expression: &Expression) {
        for text in [expression.to_string(), expression.latex(), expression.python(), expression.mathml()] {
            self.texts.push(&text);
        }
    }

    fn derivation(&mut self, calculation: &Calculation, lines: &[Id]) {
        let derivation = calculation.derivation();
        let (mut rules, mut formulas) = (Vec::new(), Formulas::default());
        let lines: Vec<u32> = lines.iter().map(|&line| formulas.place(line)).collect();
        let steps = steps(derivation, &mut rules, &mut formulas);
        let rules: Vec<[String; 2]> =
            rules.into_iter().map(|(rule, inner)| [rule.name(), rule.reason(inner)]).collect();
        self.list(rules.iter().flatten().map(String::as_str));
        let formulas = calculation.in_notations(&formulas.list);
        self.list(formulas.iter().flatten().map(String::as_str));
        self.numbers.push(lines.len() as u32);
        self.numbers.extend(lines);
        self.numbers.push(derivation.steps.len() as u32);
        self.numbers.extend(steps);
    }
}

/// For each step its rule, its three formulas, the number of its parts, and the parts.
fn steps(derivation: &Derivation, rules: &mut Vec<(Rule, bool)>, formulas: &mut Formulas) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(derivation.steps.len() * 6);
    for step in &derivation.steps {
        let rule = (step.rule, !step.parts.is_empty());
        numbers.push(rules.iter().position(|known| *known == rule).unwrap_or(rules.len()) as u32);
        if !rules.contains(&rule) {
            rules.push(rule);
        }
        numbers.extend([step.of, step.after, step.result].map(|id| formulas.place(id)));
        numbers.push(step.parts.len() as u32);
        numbers.extend(step.parts.iter().map(|&part| part as u32));
    }
    numbers
}

/// Distinct formulas in the order of their first occurrence.
#[derive(Default)]
struct Formulas {
    list: Vec<Id>,
    places: FxHashMap<Id, u32>,
}

impl Formulas {
    fn place(&mut self, formula: Id) -> u32 {
        let next = self.list.len() as u32;
        let place = *self.places.entry(formula).or_insert(next);
        if place == next {
            self.list.push(formula);
        }
        place
    }
}
