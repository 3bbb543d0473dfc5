//! The graph of a program of tensors, operation by operation.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Float64Array, Object};
use wasm_bindgen::prelude::*;

use super::compiled::Compiled;
use super::lesson::Lesson;
use super::notation::name_mathml;
use super::object::{Nodes, set};
use super::phase::{PhaseStep, kind};
use crate::autodiff::Phase;
use crate::autodiff::engine::Source;
use crate::learn::{Known, OperationPasses, SeenInput, SeenNode};
use crate::picture::{Diagram, DiagramError, Node};

thread_local! {
    /// The passes of the program that was looked at last, under what they depend on. They are not
    /// part of a lesson, whose other parts belong to the first part of the module.
    static LAST: RefCell<Option<(String, OperationPasses<Compiled>)>> = const { RefCell::new(None) };
}

#[wasm_bindgen]
impl Lesson {
    /// The same as `phaseCounts` for the operations of a program of tensors.
    #[wasm_bindgen(getter, js_name = operationCounts)]
    pub fn operation_counts(&self) -> Vec<usize> {
        let counts = self.with_passes(|passes| passes.counts());
        counts.map_or(Vec::new(), |counts| <[usize; 2]>::from(counts).to_vec())
    }
}

impl Lesson {
    /// Works with the passes of this lesson's program.
    fn with_passes<T>(&self, work: impl FnOnce(&mut OperationPasses<Compiled>) -> T) -> Option<T> {
        let shapes = self.model.data().columns().iter().map(|column| (&column.name, &column.shape));
        let key = format!("{}\n{:?}\n{:?}", self.source, shapes.collect::<Vec<_>>(), self.model.tensors());
        LAST.with_borrow_mut(|last| {
            if last.as_ref().is_none_or(|(known, _)| *known != key) {
                *last = OperationPasses::of(&self.model, Compiled::new).ok().map(|passes| (key, passes));
            }
            last.as_mut().map(|(_, passes)| work(passes))
        })
    }

    /// The operations with their numbers for the first sample of a step.
    fn operations(&self, step: usize) -> Rc<Vec<SeenNode>> {
        let ones;
        let (sample, parameters) = match &self.run {
            Some(run) => (run.samples_of(step)[0] as usize, run.parameters_before(step)),
            None => {
                ones = vec![1.0; self.model.parameters().len()];
                (0, ones.as_slice())
            }
        };
        self.with_passes(|passes| passes.at(self.model.row(sample), parameters)).unwrap_or_default()
    }

    fn operation_phase(&self, place: usize) -> Phase {
        self.with_passes(|passes| Phase::at(place, passes.counts())).unwrap_or(Phase::Update)
    }

    /// The diagram without numbers: all that its layout depends on.
    pub(super) fn blank_diagram(&self) -> Result<Diagram, DiagramError> {
        let nodes = self.with_passes(|passes| passes.blank()).unwrap_or_default();
        Diagram::of_tensors(&nodes, self.model.columns(), Phase::Update)
    }

    pub(super) fn tensor_diagram(&self, step: usize, phase: usize) -> Result<Diagram, DiagramError> {
        Diagram::of_tensors(&self.operations(step), self.model.columns(), self.operation_phase(phase))
    }

    /// The nodes with the numbers that are known at a phase.
    pub(super) fn tensor_nodes(&self, step: usize, phase: usize) -> Nodes {
        let nodes = self.operations(step);
        let diagram = Diagram::of_tensors(&nodes, self.model.columns(), self.operation_phase(phase));
        let shown = diagram.as_ref().map_or(&[][..], Diagram::nodes);
        let node = |(node, shown): (&SeenNode, &Node)| {
            let object = Object::new();
            let is_operation = node.source == Source::Operation;
            let name = if is_operation { node.name.as_deref() } else { Some(node.label.as_str()) };
            if let Some(name) = name.filter(|_| node.source != Source::Constant) {
                set(&object, "name", &name.into());
            }
            set(&object, "operation", &if is_operation { node.label.as_str() } else { "leaf" }.into());
            let inputs: Array = node.inputs.iter().map(|input| JsValue::from(input.from as u32)).collect();
            set(&object, "inputs", &inputs);
            let number = |known: Option<f64>| known.map_or(JsValue::NULL, JsValue::from);
            set(&object, "value", &number(shown.value));
            set(&object, "gradient", &number(shown.gradient));
            set(&object, "shape", &sizes(&node.shape));
            if !shown.numbers.is_empty() {
                set(&object, "numbers", &array(&shown.numbers));
            }
            if let Some(gradient) = node.gradient.as_ref().filter(|_| shown.gradient_is_known) {
                set(&object, "gradients", &array(gradient));
            }
            JsValue::from(object)
        };
        let all: Array = nodes.iter().zip(shown).map(node).collect();
        JsValue::from(all).unchecked_into()
    }

    /// What happens in a phase of a step.
    pub(super) fn explain_tensors(&self, step: usize, place: usize) -> PhaseStep {
        let (nodes, phase) = (self.operations(step), self.operation_phase(place));
        let object = Object::new();
        set(&object, "kind", &kind(phase).into());
        let shares = Array::new();
        set(&object, "edges", &Array::new());
        if let Some(place) = Known::at(&nodes, phase).node {
            let node = &nodes[place];
            set(&object, "node", &(place as u32).into());
            if let Some(name) = &node.name {
                set(&object, "name", &name.as_str().into());
            }
            set(&object, "of", &written(node).into());
            describe(&object, &node.shape, &node.value);
            if let Phase::Forward(_) = phase {
                set(&object, "formula", &node.expression.mathml().into());
            } else {
                if let Some(gradient) = &node.gradient {
                    set(&object, "upstreams", &array(gradient));
                }
                node.inputs.iter().filter_map(|input| share(&nodes, input)).for_each(|share| {
                    shares.push(&share);
                });
            }
        }
        set(&object, "shares", &shares);
        JsValue::from(object).unchecked_into()
    }
}

/// The gradient that comes back through an input.
fn share(nodes: &[SeenNode], input: &SeenInput) -> Option<JsValue> {
    let (object, node) = (Object::new(), &nodes[input.from]);
    set(&object, "node", &(input.from as u32).into());
    set(&object, "by", &written(node).into());
    describe(&object, &node.shape, input.gradient.as_ref()?);
    Some(JsValue::from(object))
}

/// A tensor's shape and numbers.
fn describe(object: &Object, shape: &[usize], numbers: &[f64]) {
    set(object, "shape", &sizes(shape));
    set(object, "values", &array(numbers));
}

/// A node as MathML: its name, or what it computes.
fn written(node: &SeenNode) -> String {
    node.name.as_deref().map_or_else(|| node.expression.mathml(), name_mathml)
}

fn sizes(shape: &[usize]) -> Array {
    shape.iter().map(|&size| JsValue::from(size as u32)).collect()
}

fn array(numbers: &[f64]) -> JsValue {
    Float64Array::from(numbers).into()
}
