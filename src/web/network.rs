//! Networks in the page.

use std::rc::Rc;

use js_sys::{Array, Float64Array, Object};
use wasm_bindgen::prelude::*;

use super::compiled::Compiled;
use super::lesson::{columns, shapes};
use super::object::{Problem, flag, number, numbers, problem, set, text, texts};
use super::options::{pairs, seed_of};
use super::paper::Paper;
use super::theme::Theme;
use crate::autodiff::Phase;
use crate::autodiff::engine::compile::full_lanes;
use crate::autodiff::engine::{Code, Layout, Precision, Source};
use crate::formula::Program;
use crate::learn::{Data, Error, Initial, Optimizer, Parameter, Plan, SeenNode};
use crate::picture::{Diagram, draw_graph, extent};

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
  /** How many of the first samples are trained with. */
  samples: number;
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

/** A named tensor of a network for one sample. */
export interface SeenTensor { name: string; shape: number[]; value: Float64Array; gradient: Float64Array | null }
"#;

#[wasm_bindgen]
extern "C" {
    /// What a network is made of.
    #[wasm_bindgen(typescript_type = "NetworkInput")]
    pub type NetworkInput;

    /// A tensor for one sample.
    #[wasm_bindgen(typescript_type = "InspectedTensor | undefined")]
    pub type InspectedTensor;

    /// The named tensors of a network for one sample.
    #[wasm_bindgen(typescript_type = "SeenTensor[]")]
    pub type SeenTensors;

    /// The lines of a program.
    #[wasm_bindgen(typescript_type = "{ name: string, shape: number[] }[]")]
    pub type Lines;
}

/// A network under training.
#[wasm_bindgen]
pub struct Network {
    source: String,
    network: crate::learn::Network<Compiled>,
    is_compiled: bool,
}

#[wasm_bindgen]
impl Network {
    /// Joins a program to its data and to the initial values of its parameters.
    #[wasm_bindgen(constructor)]
    pub fn new(input: &NetworkInput) -> Result<Self, Problem> {
        let source = text(input, "model");
        let network = made(input, &source).map_err(|error| problem(&error, &source))?;
        Ok(Self { source, network, is_compiled: flag(input, "compiled") })
    }

    /// Takes steps with a learning rate, and returns the mean loss of each batch before its step. After
    /// a step without a finite result, whose loss is NaN, it ends.
    pub fn steps(&mut self, count: usize, rate: f64) -> Result<Vec<f64>, Problem> {
        if !(rate.is_finite() && rate > 0.0) {
            return Err(self.refused(&Error::LearningRate(rate)));
        }
        let mut losses = Vec::new();
        while losses.len() < count && losses.last().is_none_or(|loss: &f64| loss.is_finite()) {
            losses.push(self.network.step(rate).map_err(|error| self.refused(&error))?);
        }
        Ok(losses)
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

    /// The names of the columns that the program uses, in the order of a sample's numbers.
    #[wasm_bindgen(getter)]
    pub fn columns(&self) -> Vec<String> {
        self.network.columns().iter().map(|column| column.name.clone()).collect()
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

    /// Sets the numbers of all parameters.
    pub fn load(&mut self, weights: &[f64]) {
        self.network.load(weights);
    }

    /// Puts other numbers in the place of a sample: those of its columns in use, one after the other.
    pub fn put(&mut self, sample: u32, row: &[f64]) {
        self.network.put(sample, row);
    }

    /// Trains with these samples only from now on.
    pub fn select(&mut self, samples: &[u32]) {
        self.network.select(samples);
    }

    /// The lines of the program.
    #[wasm_bindgen(getter)]
    pub fn lines(&self) -> Lines {
        let line = |(name, shape): (&str, &[usize])| {
            let object = Object::new();
            set(&object, "name", &name.into());
            set(&object, "shape", &sizes(shape));
            object
        };
        JsValue::from(self.network.lines().map(line).collect::<Array>()).unchecked_into()
    }

    /// A line's numbers for each of the samples; nothing if there is none with this name.
    pub fn read(&mut self, name: &str, samples: &[u32]) -> Result<Option<Vec<f64>>, Problem> {
        self.network.read(name, samples).map_err(|error| problem(&error, &self.source))
    }

    /// Every leaf and line for one sample, with the derivatives of its loss.
    pub fn see(&mut self, sample: u32) -> Result<SeenTensors, Problem> {
        let nodes = self.nodes(sample)?;
        let list = Array::new();
        for node in nodes.iter().filter(|node| node.source != Source::Constant) {
            let is_operation = node.source == Source::Operation;
            let name = if is_operation { node.name.as_deref() } else { Some(node.label.as_str()) };
            let Some(name) = name else { continue };
            let object = described(&node.shape, &node.value, node.gradient.as_deref());
            set(&object, "name", &name.into());
            list.push(&object);
        }
        Ok(JsValue::from(list).unchecked_into())
    }

    /// Why the graph has no picture, if it has none.
    #[wasm_bindgen(getter, js_name = graphProblem)]
    pub fn graph_problem(&mut self) -> Option<String> {
        self.diagram(0).err()
    }

    /// The least width in CSS pixels at which the graph's text keeps its size.
    #[wasm_bindgen(getter, js_name = graphWidth)]
    pub fn graph_width(&mut self) -> f64 {
        self.diagram(0).map_or(0.0, |diagram| extent(&diagram).least_width)
    }

    /// The height in CSS pixels that the graph fills at a width.
    #[wasm_bindgen(js_name = graphHeight)]
    pub fn graph_height(&mut self, width: f64) -> f64 {
        self.diagram(0).map_or(0.0, |diagram| extent(&diagram).height_at(width))
    }

    /// Draws the graph with the values and the gradients of a sample, unless there is a `graphProblem`.
    #[wasm_bindgen(js_name = drawGraph)]
    pub fn draw_graph(&mut self, paper: Paper, theme: &Theme, sample: u32) -> Result<String, JsError> {
        let Ok(diagram) = self.diagram(sample) else { return Ok(String::new()) };
        paper.draw(theme, |area| draw_graph(area, &diagram, &theme.0))
    }

    /// A line or a parameter for one sample; nothing if there is none with this name.
    pub fn inspect(&mut self, name: &str, sample: u32) -> Result<InspectedTensor, Problem> {
        let found = self.network.inspect(name, sample).map_err(|error| problem(&error, &self.source))?;
        let Some(found) = found else { return Ok(JsValue::UNDEFINED.unchecked_into()) };
        let object = described(&found.shape, &found.values, found.gradients.as_deref());
        Ok(JsValue::from(object).unchecked_into())
    }
}

impl Network {
    fn refused(&self, error: &Error) -> Problem {
        problem(error, &self.source)
    }

    fn nodes(&mut self, sample: u32) -> Result<Rc<Vec<SeenNode>>, Problem> {
        let is_compiled = self.is_compiled;
        let nodes = self.network.see(sample, |code, layout, precision| executor(is_compiled, code, layout, precision));
        nodes.map_err(|error| problem(&error, &self.source))
    }

    fn diagram(&mut self, sample: u32) -> Result<Diagram, String> {
        let nodes = self.nodes(sample).map_err(|_| "The graph has too many numbers to be shown.".to_owned())?;
        Diagram::of_tensors(&nodes, self.network.columns().len(), Phase::Update).map_err(|error| error.to_string())
    }
}

/// No pointers to these functions: the table of functions is in the first part of the module.
fn executor(is_compiled: bool, code: &Code, layout: &Layout, precision: Precision) -> Compiled {
    if is_compiled { Compiled::new(code, layout, precision) } else { Compiled::interpreted(code, layout, precision) }
}

/// A tensor with its gradient.
fn described(shape: &[usize], value: &[f64], gradient: Option<&[f64]>) -> Object {
    let object = Object::new();
    let numbers = |values: &[f64]| JsValue::from(Float64Array::from(values));
    set(&object, "shape", &sizes(shape));
    set(&object, "value", &numbers(value));
    set(&object, "gradient", &gradient.map_or(JsValue::NULL, numbers));
    object
}

fn sizes(shape: &[usize]) -> Array {
    shape.iter().map(|&size| JsValue::from(size as u32)).collect()
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
        executor(is_compiled, code, layout, precision)
    })
}

fn plan(input: &NetworkInput, samples: usize) -> Result<Plan, Error> {
    let batch = number(input, "batch");
    if !(batch >= 1.0 && batch.fract() == 0.0) {
        return Err(Error::Batch(batch));
    }
    let samples = (number(input, "samples") as usize).min(samples);
    if batch > samples as f64 {
        return Err(Error::BatchAboveSamples(batch, samples));
    }
    let precision = if flag(input, "single") { Precision::Single } else { Precision::Double };
    let (names, values) = (texts(input, "optionNames"), numbers(input, "optionValues"));
    Ok(Plan {
        samples,
        batch: batch as usize,
        optimizer: Optimizer::named(&text(input, "optimizer"), &pairs(&names, &values))?,
        shuffle: if flag(input, "shuffle") { Some(seed_of(number(input, "seed"))?) } else { None },
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
