//! The module in two parts: what a first picture needs, and the rest, which is fetched when it is
//! asked for.
//!
//! The first part keeps every export. Those of the rest are doors: they call through places of the
//! function table that the rest fills in when it is instantiated, in the same memory. Nothing but a
//! door leads from the first part into the rest, because the rest is what only its exports reach.

use std::collections::HashSet;

use walrus::ir::Value;
use walrus::passes::gc;
use walrus::{
    ConstExpr, ElementItems, ElementKind, ExportItem, FunctionBuilder, FunctionId, FunctionKind, GlobalKind,
    ImportKind, ImportedFunction, Module, ModuleConfig, RawCustomSection, TableId,
};

/// The exports of the rest, by how their names begin.
const REST: [&str; 44] = [
    "__wbg_batchcode_free",
    "__wbg_calculus_free",
    "__wbg_exercise_free",
    "__wbg_fatemap_free",
    "__wbg_network_free",
    "__wbg_pointscode_free",
    "__wbg_tensors_free",
    "batchcode_",
    "calculus_",
    "chainRule",
    "classifierScript",
    "drawLosses",
    "engineDerivative",
    "engineValue",
    "evaluate",
    "exercise_",
    "fatemap_",
    "freeNames",
    "generate",
    "gradient",
    "lesson_compile",
    "lesson_curvePoints",
    "lesson_drawFit",
    "lesson_drawGraph",
    "lesson_epochsTo",
    "lesson_explain",
    "lesson_gradientOf",
    "lesson_graph",
    "lesson_hasFit",
    "lesson_meanLossBefore",
    "lesson_node",
    "lesson_ofTensors",
    "lesson_operationCounts",
    "lesson_predictionInput",
    "lesson_rateOf",
    "lesson_samplesOf",
    "lesson_script",
    "lesson_traceLineOf",
    "nameMathml",
    "network_",
    "pointscode_",
    "roots",
    "simplify",
    "tensor",
];

/// Under this name the rest imports what it needs of the first part, and the first part says in a
/// section of its own that there is a rest.
const FIRST: &str = "first";
const SECTION: &str = "rest";

/// The two parts of a module.
pub(crate) struct Parts {
    /// What is instantiated first.
    pub(crate) first: Vec<u8>,
    /// What is instantiated with the exports of the first part.
    pub(crate) rest: Vec<u8>,
}

/// Splits a module by what its exports reach.
pub(crate) fn split(whole: &[u8]) -> Result<Parts, String> {
    let mut first = parse(whole)?;
    let doors = take_doors(&mut first);
    if let Some(beginning) = REST.iter().find(|beginning| !doors.iter().any(|(name, _)| name.starts_with(**beginning)))
    {
        return Err(format!("no export begins with `{beginning}`; the list of the rest is in xtask/src/split.rs"));
    }
    let table = function_table(&first)?;
    let place = first.tables.get(table).initial;
    let mut rest = rest(parse(whole)?, &kept(parse(whole)?), place)?;
    lend(&mut first, &rest)?;
    for (place, (name, function)) in (place..).zip(&doors) {
        let door = door(&mut first, table, place, *function);
        first.exports.add(name, door);
    }
    grow(&mut first, table, doors.len() as u64);
    first.customs.add(RawCustomSection { name: SECTION.to_owned(), data: Vec::new() });
    gc::run(&mut first);
    Ok(Parts { first: first.emit_wasm(), rest: rest.emit_wasm() })
}

/// The functions that are reached without the doors, and all that JavaScript gives.
fn kept(mut module: Module) -> HashSet<usize> {
    let index = |function: &walrus::Function| function.id().index();
    let given = module.funcs.iter().filter(|function| matches!(function.kind, FunctionKind::Import(_)));
    let given: Vec<usize> = given.map(index).collect();
    take_doors(&mut module);
    gc::run(&mut module);
    module.funcs.iter().map(index).chain(given).collect()
}

fn parse(bytes: &[u8]) -> Result<Module, String> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    config.parse(bytes).map_err(|error| format!("the module can't be read: {error:#}"))
}

fn is_door(name: &str) -> bool {
    REST.iter().any(|beginning| name.starts_with(beginning))
}

/// Takes the exports of the rest out of a module, in an order that is the same in both parts.
fn take_doors(module: &mut Module) -> Vec<(String, FunctionId)> {
    let function = |item| if let ExportItem::Function(function) = item { Some(function) } else { None };
    let exports = module.exports.iter().filter(|export| is_door(&export.name));
    let mut doors: Vec<_> = exports.filter_map(|export| Some((export.name.clone(), function(export.item)?))).collect();
    doors.sort_by(|left, right| left.0.cmp(&right.0));
    let ids: Vec<_> = module.exports.iter().filter(|export| is_door(&export.name)).map(walrus::Export::id).collect();
    ids.into_iter().for_each(|id| module.exports.delete(id));
    doors
}

fn function_table(module: &Module) -> Result<TableId, String> {
    let table = module.tables.main_function_table().map_err(|error| error.to_string())?;
    table.ok_or_else(|| "the module has no table of functions".to_owned())
}

/// What only the doors reach; everything else is imported from the first part.
fn rest(mut module: Module, kept: &HashSet<usize>, place: u64) -> Result<Module, String> {
    let doors = take_doors(&mut module);
    let table = function_table(&module)?;
    let exports: Vec<_> = module.exports.iter().map(walrus::Export::id).collect();
    exports.into_iter().for_each(|id| module.exports.delete(id));
    module.start = None;
    borrow_functions(&mut module, kept);
    borrow_state(&mut module);
    let offset = ConstExpr::Value(Value::I32(place as i32));
    let functions: Vec<_> = doors.into_iter().map(|(_, function)| function).collect();
    grow(&mut module, table, functions.len() as u64);
    let element = module.elements.add(ElementKind::Active { table, offset }, ElementItems::Functions(functions));
    module.tables.get_mut(table).elem_segments.insert(element);
    gc::run(&mut module);
    Ok(module)
}

/// Functions of the first part, those of JavaScript among them, are imported from it.
fn borrow_functions(module: &mut Module, kept: &HashSet<usize>) {
    let functions: Vec<FunctionId> = module.funcs.iter().map(walrus::Function::id).collect();
    for id in functions.into_iter().filter(|id| kept.contains(&id.index())) {
        let (ty, name) = (module.funcs.get(id).ty(), symbol("f", id.index()));
        if let FunctionKind::Import(import) = &module.funcs.get(id).kind {
            module.imports.delete(import.import);
        }
        let import = module.imports.add(FIRST, &name, ImportKind::Function(id));
        module.funcs.get_mut(id).kind = FunctionKind::Import(ImportedFunction { import, ty });
    }
}

/// Memory, tables and globals are those of the first part, which has filled them.
fn borrow_state(module: &mut Module) {
    let (data, elements): (Vec<_>, Vec<_>) =
        (module.data.iter().map(walrus::Data::id).collect(), module.elements.iter().map(walrus::Element::id).collect());
    data.into_iter().for_each(|id| module.data.delete(id));
    elements.into_iter().for_each(|id| module.elements.delete(id));
    for memory in module.memories.iter_mut() {
        memory.data_segments.clear();
        memory.import = Some(module.imports.add(FIRST, &symbol("m", memory.id().index()), memory.id()));
    }
    for table in module.tables.iter_mut() {
        table.elem_segments.clear();
        table.import = Some(module.imports.add(FIRST, &symbol("t", table.id().index()), table.id()));
    }
    let globals: Vec<_> = module.globals.iter().map(walrus::Global::id).collect();
    for id in globals {
        let import = module.imports.add(FIRST, &symbol("g", id.index()), id);
        module.globals.get_mut(id).kind = GlobalKind::Import(import);
    }
}

/// Exports what the rest imports. Both parts are read from the same bytes, so that a thing has the
/// same number in both.
fn lend(first: &mut Module, rest: &Module) -> Result<(), String> {
    for import in rest.imports.iter() {
        let item = match import.kind {
            ImportKind::Function(id) => at(first.funcs.iter().map(|own| (own.id().index(), own.id())), id.index()),
            ImportKind::Memory(id) => at(first.memories.iter().map(|own| (own.id().index(), own.id())), id.index()),
            ImportKind::Table(id) => at(first.tables.iter().map(|own| (own.id().index(), own.id())), id.index()),
            ImportKind::Global(id) => at(first.globals.iter().map(|own| (own.id().index(), own.id())), id.index()),
            ImportKind::Tag(_) => None,
        };
        let item = item.ok_or_else(|| format!("the first part has no {}.{}", import.module, import.name))?;
        first.exports.add(&import.name, item);
    }
    Ok(())
}

fn at<T: Into<ExportItem>>(mut own: impl Iterator<Item = (usize, T)>, place: usize) -> Option<ExportItem> {
    own.find(|(index, _)| *index == place).map(|(_, id)| id.into())
}

fn symbol(kind: &str, index: usize) -> String {
    format!("{kind}{index}")
}

/// A function that calls what stands at a place of the table.
fn door(module: &mut Module, table: TableId, place: u64, function: FunctionId) -> FunctionId {
    let ty = module.funcs.get(function).ty();
    let (parameters, results) = (module.types.params(ty).to_vec(), module.types.results(ty).to_vec());
    let arguments: Vec<_> = parameters.iter().map(|&ty| module.locals.add(ty)).collect();
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    let mut body = builder.func_body();
    for &argument in &arguments {
        body.local_get(argument);
    }
    body.i32_const(place as i32).call_indirect(ty, table);
    builder.finish(arguments, &mut module.funcs)
}

fn grow(module: &mut Module, table: TableId, by: u64) {
    let table = module.tables.get_mut(table);
    table.initial += by;
    table.maximum = table.maximum.map(|maximum| maximum + by);
}
