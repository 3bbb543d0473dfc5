//! Compiled code in the page: a module made while it runs, instantiated in the core's own memory.

use js_sys::{Function, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;

use super::object::set;
use crate::autodiff::engine::compile::{self, IMPORTS, compile};
use crate::autodiff::engine::{Code, Executor, Interpreter, Layout, Memory, OutOfRange, Precision};

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

/// Code with the module that runs it, in the memory of an interpreter.
pub(super) struct Compiled {
    /// The functions of the two passes, if they could be compiled.
    passes: Option<[Function; 2]>,
    /// What runs the code otherwise, and after a trap.
    interpreter: Interpreter,
}

impl Compiled {
    /// The fastest executor that the page allows: a security policy may forbid compiled code.
    pub(super) fn new(code: &Code, layout: &Layout, precision: Precision) -> Self {
        let made = instantiate(&compile(code, layout, precision), ["forward", "backward"]);
        Self { passes: made.ok(), ..Self::interpreted(code, layout, precision) }
    }

    /// The executor that works everywhere.
    pub(super) fn interpreted(code: &Code, layout: &Layout, precision: Precision) -> Self {
        Self { passes: None, interpreter: Interpreter::new(code, layout, precision) }
    }
}

pub(super) fn instantiate<const N: usize>(bytes: &[u8], names: [&str; N]) -> Result<[Function; N], JsValue> {
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

impl Executor for Compiled {
    fn memory(&mut self) -> &mut Memory {
        self.interpreter.memory()
    }

    /// A trap is a number that is out of range; the interpreter says which one.
    fn run(&mut self, is_forward: bool) -> Result<(), OutOfRange> {
        let address = match self.interpreter.memory() {
            Memory::Double(numbers) => numbers.as_ptr() as usize,
            Memory::Single(numbers) => numbers.as_ptr() as usize,
        };
        let address = JsValue::from(address as u32);
        let pass = self.passes.as_ref().map(|passes| &passes[usize::from(!is_forward)]);
        if pass.is_some_and(|pass| pass.call1(&JsValue::UNDEFINED, &address).is_ok()) {
            return Ok(());
        }
        self.interpreter.run(is_forward)
    }
}
