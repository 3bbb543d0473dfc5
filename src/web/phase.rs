//! One phase of a sample's step, in mathematical notation.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::object::set;
use crate::autodiff::{Graph, Phase, Progress, Sweep};
use crate::learn::Symbols;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The gradient that an operation passes back to one of its inputs: upstream times local, and the input's sum before and after it is added. */
export interface PhaseEdge { node: number; by: string; derivative?: string; local: number; product: number; before?: number; total: number; uses: number }

/** A phase of a sample's step; formulas are MathML. */
export interface PhaseStep {
  kind: "start" | "forward" | "seed" | "backward" | "update";
  /** The active operation. */
  node?: number;
  name?: string;
  of?: string;
  formula?: string;
  numbers?: string;
  value?: number;
  upstream?: number;
  edges: PhaseEdge[];
  /** In a program of tensors: the operation's shape and values, its gradients, and what it passes back. */
  shape?: number[];
  values?: Float64Array;
  upstreams?: Float64Array;
  shares?: TensorShare[];
}

/** The gradient that an operation on tensors passes back to one of its inputs. */
export interface TensorShare { node: number; by: string; shape: number[]; values: Float64Array }
"#;

#[wasm_bindgen]
extern "C" {
    /// A phase in mathematical notation.
    #[wasm_bindgen(typescript_type = "PhaseStep")]
    pub type PhaseStep;
}

#[wasm_bindgen]
impl Lesson {
    /// The number of operations, and of those that pass a gradient back. Each pass has one more
    /// phase than operations, and the update is the last phase: forward 0, 1, ..., backward 0, 1,
    /// ..., update.
    #[wasm_bindgen(getter, js_name = phaseCounts)]
    pub fn phase_counts(&self) -> Vec<usize> {
        <[usize; 2]>::from(self.model.graph().phase_counts()).to_vec()
    }

    /// What happens in a phase of a step.
    pub fn explain(&self, step: usize, phase: usize) -> PhaseStep {
        if self.has_tensors() {
            return self.explain_tensors(step, phase);
        }
        let (graph, sweep, phase) = (self.model.graph(), self.moment(step), self.phase(phase));
        let progress = graph.progress(&sweep, phase);
        let object = Object::new();
        set(&object, "kind", &kind(phase).into());
        set(&object, "edges", &Array::new());
        if let Some(node) = progress.node {
            self.describe(&object, node, &sweep, phase, &progress);
        }
        JsValue::from(object).unchecked_into()
    }
}

impl Lesson {
    /// The phase at a place in the list, or the last one.
    pub(super) fn phase(&self, place: usize) -> Phase {
        Phase::at(place, self.model.graph().phase_counts())
    }

    fn describe(&self, object: &Object, node: usize, sweep: &Sweep, phase: Phase, progress: &Progress) {
        let graph = self.model.graph();
        let mut symbols = Symbols::of(graph);
        set(object, "node", &(node as u32).into());
        if let Some(name) = graph.name(node) {
            set(object, "name", &name.into());
        }
        set(object, "of", &symbols.mathml(node).into());
        set(object, "value", &sweep.values[node].into());
        if let Phase::Forward(_) = phase {
            set(object, "formula", &symbols.operation(graph, node).into());
            set(object, "numbers", &symbols.in_numbers(graph, node, &sweep.values).into());
        } else {
            set(object, "upstream", &progress.gradients[node].unwrap_or_default().into());
            set(object, "edges", &self.edges(node, sweep, phase, progress, &mut symbols));
        }
    }

    fn edges(&self, node: usize, sweep: &Sweep, phase: Phase, progress: &Progress, symbols: &mut Symbols) -> Array {
        let graph = self.model.graph();
        let upstream = progress.gradients[node].unwrap_or_default();
        // The gradient of each input before this operation added its share.
        let mut sums = match phase {
            Phase::Backward(count) => graph.progress(sweep, Phase::Backward(count.saturating_sub(1))).gradients,
            _ => progress.gradients.clone(),
        };
        let mut edge = |(place, (&input, local)): (usize, (&u32, f64))| {
            let (object, sum) = (Object::new(), &mut sums[input as usize]);
            set(&object, "node", &input.into());
            set(&object, "by", &symbols.mathml(input as usize).into());
            if let Some(derivative) = symbols.local_derivative(graph, node, place) {
                set(&object, "derivative", &derivative.into());
            }
            if let Some(before) = *sum {
                set(&object, "before", &before.into());
            }
            let product = upstream * local;
            let total = sum.map_or(product, |before| before + product);
            *sum = Some(total);
            set(&object, "local", &local.into());
            set(&object, "product", &product.into());
            set(&object, "total", &total.into());
            set(&object, "uses", &(uses(graph, input) as u32).into());
            JsValue::from(object)
        };
        let locals = graph.local_derivatives(node, &sweep.values);
        graph.inputs(node).iter().zip(locals).enumerate().map(&mut edge).collect()
    }
}

/// The number of gradients that are passed back to a node.
fn uses(graph: &Graph, input: u32) -> usize {
    graph.backward_order().into_iter().flat_map(|node| graph.inputs(node)).filter(|&&other| other == input).count()
}

pub(super) fn kind(phase: Phase) -> &'static str {
    match phase {
        Phase::Forward(0) => "start",
        Phase::Forward(_) => "forward",
        Phase::Backward(0) => "seed",
        Phase::Backward(_) => "backward",
        Phase::Update => "update",
    }
}
