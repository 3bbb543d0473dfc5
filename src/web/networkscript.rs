//! The PyTorch program of a network that learns classes of pictures, or the next token of a text.

use wasm_bindgen::prelude::*;

use super::lesson::shapes;
use super::object::{Problem, flag, get, number, numbers, problem, text, texts};
use super::options::pairs;
use crate::autodiff::engine::Precision;
use crate::export::{Classifier, Pictures, Samples, ScriptLine, Text, classifier};
use crate::formula::Program;
use crate::learn::{Error, Optimizer, Parameter};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** Pictures with a class each. In base64: a byte for each pixel and a byte for each label. */
export interface PicturesInput {
  kind: "pictures";
  rows: number;
  columns: number;
  levels: number;
  pictures: string;
  labels: string;
}

/** A text in windows. Its parts are given as they are read, or in base64: a byte with the number of each token. */
export interface TextInput {
  kind: "text";
  window: number;
  tokens: string[];
  learned: string;
  tested: string;
  encoded: boolean;
}

/** A network and its run. In the lists of options, the name of a pair is given twice. */
export interface ClassifierInput {
  samples: PicturesInput | TextInput;
  model: string;
  parameters: string[];
  /** The rank and then the sizes of each parameter. */
  ranks: Uint32Array;
  sizes: Uint32Array;
  /** The line of the class scores; empty if there is none. */
  scores: string;
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
  /** The initial weights as little-endian doubles, in base64. */
  weights: string;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// A network and its run.
    #[wasm_bindgen(typescript_type = "ClassifierInput")]
    pub type ClassifierInput;
}

/// The program in parts, each a text: data, network, loss and optimizer, training, test, and writing
/// for a text.
#[wasm_bindgen(js_name = classifierScript)]
pub fn classifier_script(input: &ClassifierInput) -> Result<Vec<String>, Problem> {
    let source = text(input, "model");
    written(input, &source).map_err(|error| problem(&error, &source))
}

fn written(input: &ClassifierInput, source: &str) -> Result<Vec<String>, Error> {
    let program = Program::parse(source)?;
    let whole = |key: &str| number(input, key) as usize;
    let (names, values) = (texts(input, "optionNames"), numbers(input, "optionValues"));
    let [scores, credit, weights] = ["scores", "credit", "weights"].map(|key| text(input, key));
    let given = Given::of(get(input, "samples"));
    let rates = numbers(input, "rateSteps").into_iter().map(|step| step as usize).zip(numbers(input, "rates"));
    let script = classifier(&Classifier {
        program: &program,
        parameters: &parameters(input),
        scores: (!scores.is_empty()).then_some(scores.as_str()),
        samples: given.samples(),
        training: whole("training"),
        test: whole("test"),
        credit: &credit,
        optimizer: Optimizer::named(&text(input, "optimizer"), &pairs(&names, &values))?,
        rates: &rates.collect::<Vec<_>>(),
        batch: whole("batch"),
        steps: whole("steps"),
        shuffle: flag(input, "shuffle").then(|| number(input, "seed") as u32),
        precision: if flag(input, "single") { Precision::Single } else { Precision::Double },
        weights: &weights,
    });
    Ok(script.parts.iter().map(|part| joined(part)).collect())
}

/// What a network learns from, as it was given.
struct Given {
    /// Its sizes and flags.
    object: JsValue,
    is_text: bool,
    tokens: Vec<String>,
    /// The pictures and their labels, or the text for training and the one for the test.
    parts: [String; 2],
}

impl Given {
    fn of(object: JsValue) -> Self {
        let is_text = text(&object, "kind") == "text";
        let tokens = if is_text { texts(&object, "tokens") } else { Vec::new() };
        let keys = if is_text { ["learned", "tested"] } else { ["pictures", "labels"] };
        Self { is_text, tokens, parts: keys.map(|key| text(&object, key)), object }
    }

    fn samples(&self) -> Samples<'_> {
        let whole = |key: &str| number(&self.object, key) as usize;
        let parts = [self.parts[0].as_str(), self.parts[1].as_str()];
        if self.is_text {
            let is_encoded = flag(&self.object, "encoded");
            return Samples::Windows(Text { window: whole("window"), tokens: &self.tokens, parts, is_encoded });
        }
        let ([pixels, labels], levels) = (parts, number(&self.object, "levels"));
        Samples::Pictures(Pictures { size: [whole("rows"), whole("columns")], levels, pixels, labels })
    }
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
