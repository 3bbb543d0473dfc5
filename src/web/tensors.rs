//! Tensor programs: values, gradients, printed tensors, and the paths to one element.

use js_sys::{Array, Float64Array, Object};
use wasm_bindgen::prelude::*;

use super::notation::{name_mathml, partial};
use super::object::{Problem, refusal, set, spanned};
use crate::autodiff::Sweep;
use crate::autodiff::engine::{count, index, written};
use crate::autodiff::tensor::{Given, Link, TensorGraph, calculated, printed};
use crate::calculus::Calculation;
use crate::formula::{Expression, Program, Term};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A tensor of a program; numbers are row by row. */
export interface TensorNode {
  name: string;
  /** What the line computes; absent if the tensor is given. */
  text?: string;
  /** Whether it depends on no other tensor. */
  leaf: boolean;
  inputs: number[];
  shape: number[];
  value: Float64Array;
  /** The derivatives of the output; null where there is none. */
  gradient: Float64Array | null;
  /** As PyTorch prints it. */
  printed: string;
  printedGradient: string | null;
}

/** A factor of the chain rule for one element. */
export interface TensorLink { symbol: string; mathml?: string; value: number }

/** The paths from the output to an element, and whether there are more. */
export interface TensorPaths { paths: TensorLink[][]; cut: boolean }
"#;

#[wasm_bindgen]
extern "C" {
    /// Tensors with their numbers.
    #[wasm_bindgen(typescript_type = "TensorNode[]")]
    pub type TensorNodes;
    /// The paths to an element.
    #[wasm_bindgen(typescript_type = "TensorPaths")]
    pub type TensorPaths;
}

/// A tensor program after its passes.
#[wasm_bindgen]
pub struct Tensors {
    graph: TensorGraph,
    sweep: Sweep,
}

#[wasm_bindgen]
impl Tensors {
    /// Lowers and runs a program. For each of the `names`, `ranks` has the rank of its tensor, `sizes`
    /// its sizes and `values` its numbers, one tensor after the other.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &str, names: Vec<String>, ranks: &[u32], sizes: &[u32], values: &[f64]) -> Result<Self, Problem> {
        let program = Program::parse(model).map_err(|error| spanned(&error.to_string(), "model", error.span, model))?;
        let graph = TensorGraph::new(&program, &given(names, ranks, sizes, values))
            .map_err(|error| spanned(&error.to_string(), "model", error.span, model))?;
        let sweep = graph.sweep();
        Ok(Self { graph, sweep })
    }

    /// Why there are no gradients, if there are none.
    #[wasm_bindgen(getter)]
    pub fn problem(&self) -> Option<String> {
        let last = self.graph.nodes().last().filter(|_| !self.graph.ends_in_a_number())?;
        let (name, shape) = (&last.name, written(&last.tensor.shape));
        Some(format!(
            "`{name}` has the shape {shape}, and a gradient starts from one number: end with a sum or a mean, such as `mean({name})`"
        ))
    }

    /// The tensors; inputs come before the tensors that use them.
    pub fn nodes(&self) -> TensorNodes {
        let nodes: Array = (0..self.graph.nodes().len()).map(|node| JsValue::from(self.node(node))).collect();
        JsValue::from(nodes).unchecked_into()
    }

    /// The chain rule from the output to one element of a tensor.
    pub fn paths(&self, tensor: usize, element: usize) -> TensorPaths {
        let object = Object::new();
        let known = self.graph.nodes().get(tensor).is_some_and(|node| element < node.tensor.elements.len());
        let found = if known { self.graph.paths(&self.sweep, tensor, element) } else { Default::default() };
        let path = |path: &Vec<Link>| path.iter().map(|link| JsValue::from(self.link(link))).collect::<Array>();
        set(&object, "paths", &found.paths.iter().map(path).collect::<Array>());
        set(&object, "cut", &found.cut.into());
        JsValue::from(object).unchecked_into()
    }
}

impl Tensors {
    fn node(&self, place: usize) -> Object {
        let (object, node) = (Object::new(), &self.graph.nodes()[place]);
        let numbers = |values: &[f64]| JsValue::from(Float64Array::from(values));
        let shape = &node.tensor.shape;
        let value = self.graph.value(place);
        let gradient = self.graph.gradient(place);
        set(&object, "name", &node.name.as_str().into());
        if let Some(expression) = &node.expression {
            set(&object, "text", &expression.to_string().into());
        }
        set(&object, "leaf", &node.leaf.into());
        set(&object, "inputs", &node.inputs.iter().map(|&input| JsValue::from(input as u32)).collect::<Array>());
        set(&object, "shape", &shape.iter().map(|&size| JsValue::from(size as u32)).collect::<Array>());
        set(&object, "printed", &printed(shape, &value).into());
        set(&object, "value", &numbers(&value));
        set(&object, "gradient", &gradient.as_deref().map_or(JsValue::NULL, numbers));
        let print = gradient.map_or(JsValue::NULL, |gradient| printed(shape, &gradient).into());
        set(&object, "printedGradient", &print);
        object
    }

    fn link(&self, link: &Link) -> Object {
        let object = Object::new();
        set(&object, "symbol", &partial(&self.name(link.of), &self.name(link.by)).into());
        if let Some(derivative) = self.derivative(link) {
            set(&object, "mathml", &derivative.mathml().into());
        }
        set(&object, "value", &link.value.into());
        object
    }

    /// An element as MathML: its tensor's name with its index.
    fn name(&self, (tensor, element): (usize, usize)) -> String {
        let node = &self.graph.nodes()[tensor];
        let name = name_mathml(&node.name);
        if node.tensor.shape.is_empty() {
            return name;
        }
        let index: Vec<String> =
            index(element, &node.tensor.shape).into_iter().map(|at| format!("<mn>{at}</mn>")).collect();
        format!("<msub>{name}<mrow>{}</mrow></msub>", index.join("<mo>,</mo>"))
    }

    /// The derivative in symbols, if a line computes each element separately.
    fn derivative(&self, link: &Link) -> Option<Expression> {
        let line = self.graph.nodes()[link.of.0].expression.as_ref()?;
        if line.terms().iter().any(|term| matches!(term, Term::Tensor(..))) {
            return None;
        }
        let program = Program::parse(&line.to_string()).ok()?;
        let name = &self.graph.nodes()[link.by.0].name;
        Calculation::of(&program, name, 1).and_then(|mut calculation| calculation.derivative()).ok()
    }
}

fn given(names: Vec<String>, ranks: &[u32], mut sizes: &[u32], mut values: &[f64]) -> Vec<Given> {
    let mut take = |(name, &rank): (String, &u32)| {
        let (own, rest) = sizes.split_at((rank as usize).min(sizes.len()));
        sizes = rest;
        let shape: Vec<usize> = own.iter().map(|&size| size as usize).collect();
        let (own, rest) = values.split_at(count(&shape).min(values.len()));
        values = rest;
        Given { name, shape, values: own.to_vec() }
    };
    names.into_iter().zip(ranks).map(&mut take).collect()
}

/// The shape and the numbers of a formula without names, such as `normal(3, 2, seed=1)`: its rank,
/// its sizes, and its numbers row by row.
#[wasm_bindgen]
pub fn tensor(formula: &str) -> Result<Vec<f64>, Problem> {
    let refused = |message: &str| refusal(&format!("`{formula}`: {message}"), "init");
    let program = Program::parse(formula).map_err(|error| refused(&error.to_string()))?;
    let (shape, values) = calculated(&program.lines()[0].expression).map_err(|error| refused(&error.to_string()))?;
    let sizes = shape.iter().map(|&size| size as f64);
    Ok([shape.len() as f64].into_iter().chain(sizes).chain(values).collect())
}

/// Whether a program uses whole tensors; one that can't be read does not.
#[wasm_bindgen(js_name = hasTensors)]
pub fn has_tensors(model: &str) -> bool {
    Program::parse(model).is_ok_and(|program| program.tensor_use().is_some())
}
