//! Plain JavaScript objects: problems and nodes.

use js_sys::{Array, Float64Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::autodiff::{Graph, Operation, Phase, Sweep};
use crate::formula::Span;
use crate::learn::Error;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What is wrong with an input: a sentence, the setting, and the place in its text in UTF-16 units. */
export interface Problem { message: string; field: string; start?: number; end?: number }

/** A node of the computational graph. */
export interface GraphNode {
  name?: string;
  operation: string;
  inputs: number[];
  value: number | null;
  gradient: number | null;
  /** In a program of tensors: the shape, and the numbers that are known, row by row. */
  shape?: number[];
  numbers?: Float64Array;
  gradients?: Float64Array;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What is wrong with an input.
    #[wasm_bindgen(typescript_type = "Problem")]
    pub type Problem;

    /// The nodes of a graph with their numbers.
    #[wasm_bindgen(typescript_type = "GraphNode[]")]
    pub type Nodes;
}

/// A problem as a plain object; its place is an index into the program `source`.
pub(super) fn problem(error: &Error, source: &str) -> Problem {
    let (message, field) = (error.to_string(), error.field().name());
    match error.span() {
        Some(span) => spanned(&message, field, span, source),
        None => refusal(&message, field),
    }
}

/// A problem with its place in a text.
pub(super) fn spanned(message: &str, field: &str, span: Span, source: &str) -> Problem {
    let (object, span) = (refused(message, field), span.utf16(source));
    set(&object, "start", &(span.start as u32).into());
    set(&object, "end", &(span.end as u32).into());
    JsValue::from(object).unchecked_into()
}

/// A problem without a place in a text.
pub(super) fn refusal(message: &str, field: &str) -> Problem {
    JsValue::from(refused(message, field)).unchecked_into()
}

fn refused(message: &str, field: &str) -> Object {
    let object = Object::new();
    set(&object, "message", &message.into());
    set(&object, "field", &field.into());
    object
}

/// The nodes of a graph with the numbers that are known at a phase. A value that is not computed
/// yet is `null`, and so is a gradient that does not exist or is not computed yet.
pub(super) fn nodes(graph: &Graph, sweep: &Sweep, phase: Phase) -> Nodes {
    let progress = graph.progress(sweep, phase);
    let number = |known: Option<f64>| known.map_or(JsValue::NULL, JsValue::from);
    let node = |index: usize| {
        let object = Object::new();
        if let Some(name) = graph.name(index) {
            set(&object, "name", &name.into());
        }
        let operation = graph.operation(index).map_or("leaf".to_owned(), Operation::symbol);
        set(&object, "operation", &operation.into());
        let inputs: Array = graph.inputs(index).iter().map(|&input| JsValue::from(input)).collect();
        set(&object, "inputs", &inputs);
        set(&object, "value", &number(progress.values[index]));
        set(&object, "gradient", &number(progress.gradients[index]));
        JsValue::from(object)
    };
    let nodes: Array = (0..graph.len()).map(node).collect();
    JsValue::from(nodes).unchecked_into()
}

/// Setting a property of a new object can't fail.
pub(super) fn set(object: &Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

/// A property of an object.
pub(super) fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or_default()
}

/// A number; NaN if it is absent.
pub(super) fn number(object: &JsValue, key: &str) -> f64 {
    get(object, key).as_f64().unwrap_or(f64::NAN)
}

/// Whether a flag is set.
pub(super) fn flag(object: &JsValue, key: &str) -> bool {
    get(object, key).as_bool().unwrap_or(false)
}

/// A text.
pub(super) fn text(object: &JsValue, key: &str) -> String {
    get(object, key).as_string().unwrap_or_default()
}

/// An array of numbers.
pub(super) fn numbers(object: &JsValue, key: &str) -> Vec<f64> {
    Float64Array::new(&get(object, key)).to_vec()
}

/// An array of texts.
pub(super) fn texts(object: &JsValue, key: &str) -> Vec<String> {
    Array::from(&get(object, key)).iter().map(|item| item.as_string().unwrap_or_default()).collect()
}
