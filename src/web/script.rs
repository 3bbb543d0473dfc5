//! The program of a run, for the listing, the download and the notebook.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::object::set;
use super::record::Digits;
use crate::export::{Mark, Script, ScriptLine, python, torch};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A line of a program: the node that it computes forward, or whose gradient it passes on, or the update. */
export interface CodeLine { text: string; kind?: "forward" | "backward" | "update"; node?: number }
"#;

#[wasm_bindgen]
extern "C" {
    /// The parts of a program, each with its lines.
    #[wasm_bindgen(typescript_type = "CodeLine[][]")]
    pub type CodeParts;
}

/// In which language a program is written.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Language {
    /// Plain Python, with both passes written out.
    Python,
    /// PyTorch.
    PyTorch,
}

#[wasm_bindgen]
impl Lesson {
    /// The program that prints the trace of the run. A model of tensors is always written for PyTorch.
    pub fn script(&self, language: Language, digits: Digits) -> CodeParts {
        let style = digits.into();
        let script = self.run.as_ref().map_or_else(Script::default, |run| match language {
            Language::Python if !self.model.has_tensors() => python(&self.model, run.settings(), style),
            Language::Python | Language::PyTorch => torch(&self.model, run.settings(), style),
        });
        let parts: Array = script.parts.iter().map(|part| part.iter().map(line).collect::<Array>()).collect();
        JsValue::from(parts).unchecked_into()
    }
}

fn line(line: &ScriptLine) -> Object {
    let object = Object::new();
    set(&object, "text", &line.text.as_str().into());
    let (kind, node) = match line.mark {
        None => return object,
        Some(Mark::Forward(node)) => ("forward", Some(node)),
        Some(Mark::Backward(node)) => ("backward", Some(node)),
        Some(Mark::Update) => ("update", None),
    };
    set(&object, "kind", &kind.into());
    if let Some(node) = node {
        set(&object, "node", &node.into());
    }
    object
}
