//! The PyTorch program of a network that learns classes of pictures or pixels, or the next token of a text.

use wasm_bindgen::prelude::*;

use super::lesson::shapes;
use super::object::{Problem, flag, get, number, numbers, problem, text, texts};
use super::options::pairs;
use crate::autodiff::engine::Precision;
use crate::export::{Classifier, Masks, Pictures, Samples, ScriptLine, Text, classifier};
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

/** Pictures with a class for some of their pixels. In base64: a byte for each number of a picture, channel by channel; a byte for each pixel with its class, counted from 1, or 0; and for each picture and class, as a little-endian double, how much a pixel counts. */
export interface MasksInput {
  kind: "masks";
  channels: number;
  rows: number;
  columns: number;
  /** Whether two channels more have the row and the column of each pixel, from 0 to 1. */
  places: boolean;
  classes: number;
  levels: number;
  pictures: string;
  classified: string;
  shares: string;
}

/** A network and its run. In the lists of options, the name of a pair is given twice. */
export interface ClassifierInput {
  samples: PicturesInput | TextInput | MasksInput;
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
    kind: String,
    tokens: Vec<String>,
    /// The pictures and their labels, the text for training and the one for the test, or the pictures
    /// with the classes and shares of their pixels.
    parts: [String; 3],
}

impl Given {
    fn of(object: JsValue) -> Self {
        let kind = text(&object, "kind");
        let tokens = if kind == "text" { texts(&object, "tokens") } else { Vec::new() };
        let keys = match kind.as_str() {
            "text" => ["learned", "tested", ""],
            "masks" => ["pictures", "classified", "shares"],
            _ => ["pictures", "labels", ""],
        };
        let part = |key: &str| if key.is_empty() { String::new() } else { text(&object, key) };
        Self { kind, tokens, parts: keys.map(part), object }
    }

    fn samples(&self) -> Samples<'_> {
        let whole = |key: &str| number(&self.object, key) as usize;
        let [first, second, third] = self.parts.each_ref().map(String::as_str);
        match self.kind.as_str() {
            "text" => Samples::Windows(Text {
                window: whole("window"),
                tokens: &self.tokens,
                parts: [first, second],
                is_encoded: flag(&self.object, "encoded"),
            }),
            "masks" => Samples::Masks(Masks {
                size: [whole("channels"), whole("rows"), whole("columns")],
                has_places: flag(&self.object, "places"),
                classes: whole("classes"),
                levels: number(&self.object, "levels"),
                pixels: first,
                classified: second,
                shares: third,
            }),
            _ => Samples::Pictures(Pictures {
                size: [whole("rows"), whole("columns")],
                levels: number(&self.object, "levels"),
                pixels: first,
                labels: second,
            }),
        }
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
