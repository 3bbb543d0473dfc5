//! Networks in the page.

use js_sys::{Array, Float64Array, Object};
use wasm_bindgen::prelude::*;

use super::compiled::Compiled;
use super::lesson::{columns, shapes};
use super::object::{Problem, flag, number, numbers, problem, set, text, texts};
use super::options::pairs;
use crate::autodiff::engine::Precision;
use crate::autodiff::engine::compile::full_lanes;
use crate::formula::Program;
use crate::learn::{Data, Error, Initial, Optimizer, Parameter, Plan};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a network is made of. In the lists of options, the name of a pair is given twice. */
export interface NetworkInput {
  model: string;
  columns: string[];
  values: Float64Array;
  lengths: Uint32Array;
  parameters: string[];
  weights: Float64Array;
  /** The rank and then the sizes of each column's samples and of each parameter. */
  ranks: Uint32Array;
  sizes: Uint32Array;
  batch: number;
  optimizer: string;
  optionNames: string[];
  optionValues: number[];
  shuffle: boolean;
  seed: number;
  single: boolean;
  /** Whether code is compiled; otherwise it is interpreted. */
  compiled: boolean;
}

/** A tensor of a network for one sample; numbers are row by row. */
export interface InspectedTensor { shape: number[]; value: Float64Array; gradient: Float64Array | null }
"#;

#[wasm_bindgen]
extern "C" {
    /// What a network is made of.
    #[wasm_bindgen(typescript_type = "NetworkInput")]
    pub type NetworkInput;

    /// A tensor for one sample.
    #[wasm_bindgen(typescript_type = "InspectedTensor | undefined")]
    pub type InspectedTensor;
}

/// A network under training.
#[wasm_bindgen]
pub struct Network {
    source: String,
    network: crate::learn::Network<Compiled>,
}

#[wasm_bindgen]
impl Network {
    /// Joins a program to its data and to the initial values of its parameters.
    #[wasm_bindgen(constructor)]
    pub fn new(input: &NetworkInput) -> Result<Self, Problem> {
        let source = text(input, "model");
        let network = made(input, &source).map_err(|error| problem(&error, &source))?;
        Ok(Self { source, network })
    }

    /// Takes steps with a learning rate, and returns the mean loss of each batch before its step.
    pub fn steps(&mut self, count: usize, rate: f64) -> Result<Vec<f64>, Problem> {
        if !(rate.is_finite() && rate > 0.0) {
            return Err(self.refused(&Error::LearningRate(rate)));
        }
        let losses: Result<Vec<f64>, Error> = (0..count).map(|_| self.network.step(rate)).collect();
        losses.map_err(|error| self.refused(&error))
    }

    /// The mean loss of some samples.
    #[wasm_bindgen(js_name = meanLoss)]
    pub fn mean_loss(&mut self, samples: &[u32]) -> Result<f64, Problem> {
        self.network.mean_loss(samples).map_err(|error| problem(&error, &self.source))
    }

    /// The names of the parameters.
    #[wasm_bindgen(getter)]
    pub fn parameters(&self) -> Vec<String> {
        self.network.parameters().iter().map(|parameter| parameter.name.clone()).collect()
    }

    /// The sizes of a parameter's axes.
    #[wasm_bindgen(js_name = shapeOf)]
    pub fn shape_of(&self, name: &str) -> Vec<u32> {
        let found = self.network.parameters().iter().find(|parameter| parameter.name == name);
        found.map_or(Vec::new(), |parameter| parameter.shape.iter().map(|&size| size as u32).collect())
    }

    /// The numbers of all parameters, one after the other.
    #[wasm_bindgen(getter)]
    pub fn weights(&self) -> Vec<f64> {
        self.network.weights().to_vec()
    }

    /// The gradient of the last step, in the same order.
    #[wasm_bindgen(getter)]
    pub fn gradients(&self) -> Vec<f64> {
        self.network.gradients().to_vec()
    }

    /// How many epochs are complete.
    #[wasm_bindgen(getter)]
    pub fn epochs(&self) -> usize {
        self.network.epochs()
    }

    /// A line or a parameter for one sample; nothing if there is none with this name.
    pub fn inspect(&mut self, name: &str, sample: u32) -> Result<InspectedTensor, Problem> {
        let found = self.network.inspect(name, sample).map_err(|error| problem(&error, &self.source))?;
        let Some(found) = found else { return Ok(JsValue::UNDEFINED.unchecked_into()) };
        let object = Object::new();
        let numbers = |values: &[f64]| JsValue::from(Float64Array::from(values));
        set(&object, "shape", &found.shape.iter().map(|&size| JsValue::from(size as u32)).collect::<Array>());
        set(&object, "value", &numbers(&found.values));
        set(&object, "gradient", &found.gradients.as_deref().map_or(JsValue::NULL, numbers));
        Ok(JsValue::from(object).unchecked_into())
    }
}

impl Network {
    fn refused(&self, error: &Error) -> Problem {
        problem(error, &self.source)
    }
}

fn made(input: &NetworkInput, source: &str) -> Result<crate::learn::Network<Compiled>, Error> {
    let program = Program::parse(source)?;
    let mut shapes = shapes(&wholes(input, "ranks"), &wholes(input, "sizes")).into_iter();
    let mut columns = columns(texts(input, "columns"), &numbers(input, "values"), &wholes(input, "lengths"));
    columns.iter_mut().zip(&mut shapes).for_each(|(column, shape)| column.shape = shape);
    let data = Data::new(columns)?;
    let plan = plan(input, data.samples())?;
    let initial = initial(texts(input, "parameters"), shapes, &numbers(input, "weights"));
    let is_compiled = flag(input, "compiled");
    crate::learn::Network::new(program, &data, &initial, plan, |code, layout, precision| {
        // No pointers to these functions: the table of functions is in the first part of the module.
        if is_compiled {
            Compiled::new(code, layout, precision)
        } else {
            Compiled::interpreted(code, layout, precision)
        }
    })
}

fn plan(input: &NetworkInput, samples: usize) -> Result<Plan, Error> {
    let batch = number(input, "batch");
    if !(batch >= 1.0 && batch.fract() == 0.0) {
        return Err(Error::Batch(batch));
    }
    if batch > samples as f64 {
        return Err(Error::BatchAboveSamples(batch, samples));
    }
    let precision = if flag(input, "single") { Precision::Single } else { Precision::Double };
    let (names, values) = (texts(input, "optionNames"), numbers(input, "optionValues"));
    Ok(Plan {
        batch: batch as usize,
        optimizer: Optimizer::named(&text(input, "optimizer"), &pairs(&names, &values))?,
        shuffle: flag(input, "shuffle").then(|| number(input, "seed") as u32),
        precision,
        // One lane for a single sample; a few more cost little, and are needed for vectors.
        lanes: if batch == 1.0 { 1 } else { full_lanes(precision) },
    })
}

fn initial(names: Vec<String>, shapes: impl Iterator<Item = Vec<usize>>, mut values: &[f64]) -> Vec<Initial> {
    let mut made = |(name, shape): (String, Vec<usize>)| {
        let (own, rest) = values.split_at(shape.iter().product::<usize>().min(values.len()));
        values = rest;
        Initial { parameter: Parameter { name, shape }, values: own.to_vec() }
    };
    names.into_iter().zip(shapes).map(&mut made).collect()
}

fn wholes(input: &NetworkInput, key: &str) -> Vec<u32> {
    numbers(input, key).into_iter().map(|number| number as u32).collect()
}
