//! A derivation as lines of one formula, each with one more layer of derivatives calculated.

use super::assemble::assemble;
use super::{Derivation, Id, Node, Pool, Rule};

/// The maximum number of lines; deeper derivations are shown in the tree of steps.
const MAX_LINES: usize = 12;

/// The formula from `d/dw[...]` to its derivative, layer by layer; the last line contains no
/// pending derivative and is not simplified.
///
/// A constant factor inside a sum is taken out in the same line, to keep the derivation short. A
/// deep derivation has no lines between the first layers and the last line.
#[must_use]
pub fn lines(pool: &mut Pool, derivation: &Derivation) -> Vec<Id> {
    let last = derivation.steps.len() - 1;
    let mut depths = Depths { derivation, layers: Vec::new() };
    let depth = depths.of(last);
    let start = pool.add(Node::Pending(derivation.steps[last].of));
    let mut lines = vec![start];
    let mut layer: Vec<Id> = pending(pool, derivation);
    for _ in 0..depth.min(MAX_LINES) {
        layer = advance(pool, derivation, &layer);
        lines.push(layer[last]);
    }
    if lines.last() != Some(&derivation.result()) {
        lines.push(derivation.result());
    }
    lines.dedup();
    lines
}

fn pending(pool: &mut Pool, derivation: &Derivation) -> Vec<Id> {
    derivation.steps.iter().map(|step| pool.add(Node::Pending(step.of))).collect()
}

/// Every step with one more layer than in `before`.
fn advance(pool: &mut Pool, derivation: &Derivation, before: &[Id]) -> Vec<Id> {
    let mut now: Vec<Id> = Vec::with_capacity(before.len());
    for step in &derivation.steps {
        let insides: Vec<Id> = step.parts.iter().map(|&part| derivation.steps[part].of).collect();
        let part = |&part: &usize| if joins(derivation, step.rule, part) { now[part] } else { before[part] };
        let parts: Vec<Id> = step.parts.iter().map(part).collect();
        now.push(assemble(pool, step.rule, step.of, &insides, &parts));
    }
    now
}

/// Whether a part is calculated in the same line as the sum that contains it.
fn joins(derivation: &Derivation, rule: Rule, part: usize) -> bool {
    rule == Rule::Sum && derivation.steps[part].rule == Rule::ConstantFactor
}

/// How many layers each step has.
struct Depths<'d> {
    derivation: &'d Derivation,
    layers: Vec<usize>,
}

impl Depths<'_> {
    fn of(&mut self, step: usize) -> usize {
        for next in &self.derivation.steps {
            let own = |&part: &usize| self.layers[part] + usize::from(!joins(self.derivation, next.rule, part));
            let depth = next.parts.iter().map(own).max().unwrap_or(1);
            self.layers.push(depth);
        }
        self.layers[step]
    }
}
