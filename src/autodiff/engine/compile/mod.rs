//! Statements become machine code: a WebAssembly module that works in the memory of the page's core.
//!
//! The module has two functions, `forward` and `backward`. Each takes the address of the first
//! number of a [`Layout`] and runs the statements of its pass for all lanes. Vector instructions
//! work across lanes, or along an axis where there is one lane, and never inside a sum, so that
//! every number has the bits that the interpreter gives it.

mod body;
mod called;
mod loops;
mod many;
mod nest;
mod numbers;
mod operation;
mod pass;
mod quick;
mod straight;
mod strip;

use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, FunctionSection, ImportSection, MemoryType, Module,
    TypeSection, ValType,
};

use self::body::Body;
pub use self::called::{derivative, value};
pub use self::many::{MAX_MANY, RUNS, compile_runs};
use self::nest::Nest;
use self::numbers::Numbers;
pub use self::straight::{MAX_STRAIGHT, compile_descent};
use self::strip::strips;
use super::{Code, Layout, Precision, Statement};

/// The name of the module of imports: the memory, and the functions [`value`] and [`derivative`].
pub const IMPORTS: &str = "core";

/// The types of the functions, in the order of the module.
const VALUE: u32 = 0;
const DERIVATIVE: u32 = 1;
const PASS: u32 = 2;

/// How many lanes fill four vectors, enough to keep a processor busy during a sum.
#[must_use]
pub fn full_lanes(precision: Precision) -> usize {
    match precision {
        Precision::Double => 8,
        Precision::Single => 16,
    }
}

/// The bytes of the module. The number of lanes is 1 or fills whole vectors.
#[must_use]
pub fn compile(code: &Code, layout: &Layout, precision: Precision) -> Vec<u8> {
    let passes = [("forward", code.forward()), ("backward", code.backward())];
    finished(passes.map(|(name, statements)| (name, PASS, pass(statements, layout, precision))))
}

/// A module with functions: their names, types and bodies.
fn finished<const N: usize>(made: [(&str, u32, Body); N]) -> Vec<u8> {
    let (mut functions, mut exports, mut bodies) = (FunctionSection::new(), ExportSection::new(), CodeSection::new());
    for (place, (name, kind, body)) in (2..).zip(made) {
        functions.function(kind);
        exports.export(name, ExportKind::Func, place);
        bodies.function(&body.finish());
    }
    let mut module = Module::new();
    module.section(&types()).section(&imports()).section(&functions).section(&exports).section(&bodies);
    module.finish()
}

fn pass(statements: &[Statement], layout: &Layout, precision: Precision) -> Body {
    let mut body = Body::new(1);
    let numbers = Numbers::new(precision, layout.lanes);
    for statement in statements {
        for strip in strips(statement, numbers) {
            Nest::new(&strip, layout).emit(&mut body);
            body.release();
        }
    }
    body
}

fn types() -> TypeSection {
    let mut types = TypeSection::new();
    let (i32, f64) = (ValType::I32, ValType::F64);
    types.ty().function([i32, f64, f64], [f64]);
    types.ty().function([i32, i32, f64, f64, f64], [f64]);
    types.ty().function([i32], []);
    types
}

fn imports() -> ImportSection {
    let mut imports = ImportSection::new();
    let memory = MemoryType { minimum: 1, maximum: None, memory64: false, shared: false, page_size_log2: None };
    imports.import(IMPORTS, "value", EntityType::Function(VALUE));
    imports.import(IMPORTS, "derivative", EntityType::Function(DERIVATIVE));
    imports.import(IMPORTS, "memory", EntityType::Memory(memory));
    imports
}
