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
    match instantiate(&compile(code, layout, precision)) {
        Ok([forward, backward]) => {
            Box::new(Compiled { forward, backward, memory: Memory::new(code, layout, precision), interpreter })
        }
        Err(_) => Box::new(interpreter),
    }
}

fn instantiate(bytes: &[u8]) -> Result<[Function; 2], JsValue> {
    let own = wasm_bindgen::exports();
    let core = Object::new();
    set(&core, "memory", &wasm_bindgen::memory());
    set(&core, "value", &Reflect::get(&own, &"engineValue".into())?);
    set(&core, "derivative", &Reflect::get(&own, &"engineDerivative".into())?);
    let imports = Object::new();
    set(&imports, IMPORTS, &core);
    let module = WebAssembly::Module::new(&Uint8Array::from(bytes))?;
    let instance = WebAssembly::Instance::new(&module, &imports)?;
    let pass = |name: &str| Reflect::get(&instance.exports(), &name.into())?.dyn_into::<Function>();
    Ok([pass("forward")?, pass("backward")?])
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
