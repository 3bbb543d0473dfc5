//! The PyTorch program of a network that learns classes of pictures.

use wasm_bindgen::prelude::*;

use super::lesson::shapes;
use super::object::{Problem, flag, number, numbers, problem, text, texts};
use super::options::pairs;
use crate::autodiff::engine::Precision;
use crate::export::{Classifier, ScriptLine, classifier};
use crate::formula::Program;
use crate::learn::{Error, Optimizer, Parameter};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A network that learns classes of pictures, and its run. In the lists of options, the name of a pair is given twice. */
export interface ClassifierInput {
  model: string;
  parameters: string[];
  /** The rank and then the sizes of each parameter. */
  ranks: Uint32Array;
  sizes: Uint32Array;
  /** The line of the class scores; empty if there is none. */
  scores: string;
  rows: number;
  columns: number;
  levels: number;
  training: number;
  test: number;
  credit: string;
  optimizer: string;
  optionNames: string[];
  optionValues: number[];
  /** The learning rates, and the first step with each. */
  rates: number[];
  rateSteps: number[];
  batch: number;
  steps: number;
  shuffle: boolean;
  seed: number;
  single: boolean;
  /** In base64: a byte for each pixel, a byte for each label, the initial weights as little-endian doubles. */
  pictures: string;
  labels: string;
  weights: string;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// A network and its run.
    #[wasm_bindgen(typescript_type = "ClassifierInput")]
    pub type ClassifierInput;
}

/// The program in parts, each a text: data, network, loss and optimizer, training, test.
#[wasm_bindgen(js_name = classifierScript)]
pub fn classifier_script(input: &ClassifierInput) -> Result<Vec<String>, Problem> {
    let source = text(input, "model");
    written(input, &source).map_err(|error| problem(&error, &source))
}

fn written(input: &ClassifierInput, source: &str) -> Result<Vec<String>, Error> {
    let program = Program::parse(source)?;
    let whole = |key: &str| number(input, key) as usize;
    let (names, values) = (texts(input, "optionNames"), numbers(input, "optionValues"));
    let (scores, credit) = (text(input, "scores"), text(input, "credit"));
    let [pictures, labels, weights] = ["pictures", "labels", "weights"].map(|key| text(input, key));
    let rates = numbers(input, "rateSteps").into_iter().map(|step| step as usize).zip(numbers(input, "rates"));
    let script = classifier(&Classifier {
        program: &program,
        parameters: &parameters(input),
        scores: (!scores.is_empty()).then_some(scores.as_str()),
        size: [whole("rows"), whole("columns")],
        levels: number(input, "levels"),
        training: whole("training"),
        test: whole("test"),
        credit: &credit,
        optimizer: Optimizer::named(&text(input, "optimizer"), &pairs(&names, &values))?,
        rates: &rates.collect::<Vec<_>>(),
        batch: whole("batch"),
        steps: whole("steps"),
        shuffle: flag(input, "shuffle").then(|| number(input, "seed") as u32),
        precision: if flag(input, "single") { Precision::Single } else { Precision::Double },
        bytes: [&pictures, &labels, &weights],
    });
    Ok(script.parts.iter().map(|part| joined(part)).collect())
}

fn parameters(input: &ClassifierInput) -> Vec<Parameter> {
    let wholes = |key: &str| numbers(input, key).into_iter().map(|number| number as u32).collect::<Vec<_>>();
    let shapes = shapes(&wholes("ranks"), &wholes("sizes"));
    texts(input, "parameters").into_iter().zip(shapes).map(|(name, shape)| Parameter { name, shape }).collect()
}

fn joined(lines: &[ScriptLine]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    lines.join("\n")
}
