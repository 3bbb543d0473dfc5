//! Compiled code in the page: a module made while it runs, instantiated in the core's own memory.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::object::set;
use crate::autodiff::engine::compile::{self, IMPORTS, MAX_STRAIGHT, compile, compile_descent};
use crate::autodiff::engine::{Code, Executor, Interpreter, Layout, Memory, OutOfRange, Precision};
use crate::learn::{MachineCode, Steps};

/// The value of an operation, for compiled code.
#[wasm_bindgen(js_name = engineValue)]
#[must_use]
pub fn engine_value(number: u32, a: f64, b: f64) -> f64 {
    compile::value(number, a, b)
}

/// A derivative of an operation, for compiled code.
#[wasm_bindgen(js_name = engineDerivative)]
#[must_use]
pub fn engine_derivative(number: u32, by: u32, a: f64, b: f64, y: f64) -> f64 {
    compile::derivative(number, by, a, b, y)
}

/// Code in memory of its own, with the module that runs it.
pub(super) struct Compiled {
    forward: Function,
    backward: Function,
    memory: Memory,
    /// What runs the code after a trap, and where nothing is known of the trap's reason.
    interpreter: Interpreter,
}

/// The fastest executor that the page allows: a security policy may forbid compiled code.
pub(super) fn executor(code: &Code, layout: &Layout, precision: Precision) -> Box<dyn Executor> {
    let interpreter = Interpreter::new(code, layout, precision);
    match instantiate(&compile(code, layout, precision), ["forward", "backward"]) {
        Ok([forward, backward]) => {
            Box::new(Compiled { forward, backward, memory: Memory::new(code, layout, precision), interpreter })
        }
        Err(_) => Box::new(interpreter),
    }
}

/// Plain gradient descent of a small model as one function.
#[derive(Debug)]
struct DescentCode(Function);

#[wasm_bindgen]
impl Lesson {
    /// Compiles the model to machine code for its next runs, if it is small and the page allows it.
    pub fn compile(&mut self) {
        let graph = self.model.graph();
        if graph.len() <= MAX_STRAIGHT && self.code.is_none() {
            let code = instantiate(&compile_descent(graph, self.model.inputs().len()), ["train"]);
            self.code = code.ok().map(|[train]| Rc::new(DescentCode(train)) as Rc<dyn MachineCode>);
        }
    }
}

impl MachineCode for DescentCode {
    fn take(&self, steps: Steps<'_>) -> usize {
        let numbers = [
            steps.rows.as_ptr() as usize,
            steps.order.as_ptr() as usize,
            4 * steps.stride,
            steps.rates.as_ptr() as usize,
            steps.samples,
            steps.place,
            steps.losses.len(),
            steps.parameters.as_mut_ptr() as usize,
            steps.gradients.as_mut_ptr() as usize,
            steps.weights.as_mut_ptr() as usize,
            steps.losses.as_mut_ptr() as usize,
        ];
        let arguments: Array = numbers.iter().map(|&number| JsValue::from(number as u32)).collect();
        let taken = self.0.apply(&JsValue::UNDEFINED, &arguments);
        taken.ok().and_then(|taken| taken.as_f64()).map_or(0, |taken| taken as usize)
    }
}

fn instantiate<const N: usize>(bytes: &[u8], names: [&str; N]) -> Result<[Function; N], JsValue> {
    let own = wasm_bindgen::exports();
    let core = Object::new();
    set(&core, "memory", &wasm_bindgen::memory());
    set(&core, "value", &Reflect::get(&own, &"engineValue".into())?);
    set(&core, "derivative", &Reflect::get(&own, &"engineDerivative".into())?);
    let imports = Object::new();
    set(&imports, IMPORTS, &core);
    let module = WebAssembly::Module::new(&Uint8Array::from(bytes))?;
    let instance = WebAssembly::Instance::new(&module, &imports)?;
    let exports = instance.exports();
    let function = |name: &str| Reflect::get(&exports, &name.into())?.dyn_into::<Function>();
    let found = names.map(function);
    match found.iter().find_map(|function| function.as_ref().err()) {
        Some(error) => Err(error.clone()),
        None => Ok(found.map(Result::unwrap_or_default)),
    }
}

impl Compiled {
    /// A trap is a number that is out of range; the interpreter says which one.
    fn run(&mut self, is_forward: bool) -> Result<(), OutOfRange> {
        let address = match &self.memory {
            Memory::Double(numbers) => numbers.as_ptr() as usize,
            Memory::Single(numbers) => numbers.as_ptr() as usize,
        };
        let pass = if is_forward { &self.forward } else { &self.backward };
        if pass.call1(&JsValue::UNDEFINED, &JsValue::from(address as u32)).is_ok() {
            return Ok(());
        }
        self.interpreter.memory().clone_from(&self.memory);
        let result = if is_forward { self.interpreter.forward() } else { self.interpreter.backward() };
        self.memory.clone_from(self.interpreter.memory());
        result
    }
}

impl Executor for Compiled {
    fn memory(&mut self) -> &mut Memory {
        &mut self.memory
    }

    fn forward(&mut self) -> Result<(), OutOfRange> {
        self.run(true)
    }

    fn backward(&mut self) -> Result<(), OutOfRange> {
        self.run(false)
    }
}
