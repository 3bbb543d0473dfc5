//! An exercise: the numbers of both passes of a small program, as questions.

use js_sys::{Array, Float64Array, Object};
use wasm_bindgen::prelude::*;

use super::notation::partial;
use super::object::{Problem, problem, set};
use super::once::prepare;
use super::paper::Paper;
use super::theme::Theme;
use crate::autodiff::{Graph, Sweep};
use crate::learn::Symbols;
use crate::picture::{Diagram, Node, draw_graph, extent};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A question for one number; formulas are MathML. */
export interface ExerciseQuestion {
  kind: "value" | "local" | "gradient";
  node: number;
  /** For a local derivative: the input with respect to which it is taken. */
  input?: number;
  name: string;
  label: string;
  symbols: string;
  numbers: string;
  answer: number;
  operation: string;
  operands: Float64Array;
  /** For a gradient: the upstream gradient and the local derivative of each use. */
  upstream: Float64Array;
  local: Float64Array;
  value: number;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// The questions of an exercise.
    #[wasm_bindgen(typescript_type = "ExerciseQuestion[]")]
    pub type Questions;
}

/// A program at one point, with questions on both passes.
#[wasm_bindgen]
pub struct Exercise {
    graph: Graph,
    sweep: Sweep,
    symbols: Symbols,
    /// For each node, whether it depends on a variable whose gradient is asked for.
    asked: Vec<bool>,
    columns: usize,
}

#[wasm_bindgen]
impl Exercise {
    /// Asks for the gradients with respect to the variables in `by`; the other names are given.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &str, names: Vec<String>, numbers: &[f64], by: Vec<String>) -> Result<Self, Problem> {
        let given: Vec<&str> =
            names.iter().map(String::as_str).filter(|name| !by.iter().any(|by| by == name)).collect();
        let (graph, mut sweep) = prepare(model, &given, &names, numbers).map_err(|error| problem(&error, model))?;
        sweep.forward(&graph);
        sweep.backward(&graph);
        let sources: Vec<bool> = graph.variables().iter().map(|name| by.contains(name)).collect();
        let asked = graph.depends(&sources);
        let symbols = Symbols::of(&graph);
        let columns = sources.iter().filter(|asked| !**asked).count();
        Ok(Self { graph, sweep, symbols, asked, columns })
    }

    /// The questions: forward values, local derivatives, and gradients from the output backwards.
    pub fn questions(&mut self) -> Questions {
        let operations = self.graph.leaves()..self.graph.len();
        let mut list = Array::new();
        list.extend(operations.map(|node| JsValue::from(self.value(node))));
        for node in self.graph.backward_order() {
            for place in 0..self.graph.inputs(node).len() {
                if self.asked[self.graph.inputs(node)[place] as usize] {
                    list.push(&self.local(node, place));
                }
            }
        }
        let used = self.graph.used();
        for node in (0..self.graph.output()).rev() {
            if self.asked[node] && used[node] {
                list.push(&self.gradient(node));
            }
        }
        JsValue::from(list).unchecked_into()
    }

    /// The least width in CSS pixels at which the graph's text keeps its size, and the height at a
    /// width.
    pub fn extent(&self, width: f64) -> Vec<f64> {
        let extent = self.diagram(&[], &[]).map(|diagram| extent(&diagram));
        extent.map_or(vec![0.0, 0.0], |extent| vec![extent.least_width, extent.height_at(width)])
    }

    /// Draws the graph with the leaves, and with the values and gradients of these nodes.
    pub fn draw(&self, paper: Paper, theme: &Theme, values: &[u32], gradients: &[u32]) -> Result<String, JsError> {
        let Some(diagram) = self.diagram(values, gradients) else { return Ok(String::new()) };
        paper.draw(theme, |area| draw_graph(area, &diagram, &theme.0))
    }
}

impl Exercise {
    fn diagram(&self, values: &[u32], gradients: &[u32]) -> Option<Diagram> {
        let whole = Diagram::of(&self.graph, &self.sweep, self.columns).ok()?;
        let knows = |list: &[u32], node: usize| list.contains(&(node as u32));
        let output = self.graph.output();
        let gradient = |node: usize| node == output || knows(gradients, node);
        let shown = |(place, node): (usize, &Node)| {
            let mut node = node.clone();
            node.value = node.value.filter(|_| place < self.graph.leaves() || knows(values, place));
            node.gradient = node.gradient.filter(|_| gradient(place));
            for input in &mut node.inputs {
                input.gradient = input.gradient.filter(|_| gradient(input.from));
            }
            node
        };
        Diagram::new(whole.nodes().iter().enumerate().map(shown).collect()).ok()
    }

    fn operands(&self, node: usize) -> Vec<f64> {
        self.graph.inputs(node).iter().map(|&input| self.sweep.values[input as usize]).collect()
    }

    fn value(&mut self, node: usize) -> Object {
        let label = self.symbols.mathml(node);
        let symbols = self.symbols.operation(&self.graph, node);
        let numbers = self.symbols.in_numbers(&self.graph, node, &self.sweep.values);
        let name = format!("value of {}", self.symbols.text(node));
        self.question("value", node, self.sweep.values[node], [&name, &label, &symbols, &numbers])
    }

    fn local(&mut self, node: usize, place: usize) -> Object {
        let input = self.graph.inputs(node)[place] as usize;
        let [of, by] = [node, input].map(|node| (self.symbols.mathml(node), self.symbols.text(node)));
        let unknown = || "<mo>?</mo>".to_owned();
        let symbols = self.symbols.local_derivative(&self.graph, node, place).unwrap_or_else(unknown);
        let values = &self.sweep.values;
        let numbers = self.symbols.local_in_numbers(&self.graph, node, place, values).unwrap_or_else(unknown);
        let answer = self.graph.local_derivatives(node, values)[place];
        let name = format!("local derivative of {} with respect to {}", of.1, by.1);
        let object = self.question("local", node, answer, [&name, &partial(&of.0, &by.0), &symbols, &numbers]);
        set(&object, "input", &(input as u32).into());
        object
    }

    fn gradient(&mut self, node: usize) -> Object {
        let (output, by) = (self.symbols.mathml(self.graph.output()), self.symbols.mathml(node));
        let uses = self.uses(node);
        let symbols = uses.iter().map(|&(user, _, _)| {
            let of = self.symbols.mathml(user);
            [partial(&output, &of), "<mo>⋅</mo>".to_owned(), partial(&of, &by)].concat()
        });
        let symbols = symbols.collect::<Vec<_>>().join("<mo>+</mo>");
        let number = |value: f64| {
            let text = crate::number::short(value, 4);
            if value < 0.0 {
                format!("<mrow><mo>(</mo><mn>{text}</mn><mo>)</mo></mrow>")
            } else {
                format!("<mn>{text}</mn>")
            }
        };
        let products = uses.iter().map(|&(_, upstream, local)| number(upstream) + "<mo>⋅</mo>" + &number(local));
        let numbers = products.collect::<Vec<_>>().join("<mo>+</mo>");
        let name = format!(
            "gradient of {} with respect to {}",
            self.symbols.text(self.graph.output()),
            self.symbols.text(node)
        );
        let answer = self.sweep.gradients[node];
        let object = self.question("gradient", node, answer, [&name, &partial(&output, &by), &symbols, &numbers]);
        let list = |values: Vec<f64>| JsValue::from(Float64Array::from(values.as_slice()));
        set(&object, "upstream", &list(uses.iter().map(|&(_, upstream, _)| upstream).collect()));
        set(&object, "local", &list(uses.iter().map(|&(_, _, local)| local).collect()));
        object
    }

    /// The operations that use a node, each with its gradient and its derivative with respect to
    /// the node.
    fn uses(&self, node: usize) -> Vec<(usize, f64, f64)> {
        let mut uses = Vec::new();
        for user in self.graph.backward_order() {
            let locals = self.graph.local_derivatives(user, &self.sweep.values);
            for (_, local) in self.graph.inputs(user).iter().zip(locals).filter(|(input, _)| **input as usize == node) {
                uses.push((user, self.sweep.gradients[user], local));
            }
        }
        uses
    }

    fn question(&self, kind: &str, node: usize, answer: f64, texts: [&str; 4]) -> Object {
        let object = Object::new();
        set(&object, "kind", &kind.into());
        set(&object, "node", &(node as u32).into());
        for (key, text) in ["name", "label", "symbols", "numbers"].into_iter().zip(texts) {
            set(&object, key, &text.into());
        }
        let operation = self.graph.operation(node).map_or(String::new(), crate::autodiff::Operation::symbol);
        set(&object, "operation", &operation.into());
        set(&object, "answer", &answer.into());
        set(&object, "value", &self.sweep.values[node].into());
        set(&object, "operands", &Float64Array::from(self.operands(node).as_slice()));
        for key in ["upstream", "local"] {
            set(&object, key, &Float64Array::new_with_length(0));
        }
        object
    }
}
