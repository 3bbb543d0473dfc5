//! From sources to `dist/`: WebAssembly, its bindings, and the page beside them.

use std::fs;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use crate::command::{announce, run, words};
use crate::locations;
use crate::site;
use crate::target;

/// Where the generated module lies: ignored by git, imported by the page.
const PACKAGE: &str = "www/pkg";

/// The sheets that lie beside the parts and elements that they style, in one.
const STYLE_SHEET: &str = "www/pkg/elements.css";
const STYLED: [&str; 2] = ["www/parts", "www/elements"];

/// The sheets that only a network needs, as a module that is fetched with it.
const LATE_SHEET: &str = "www/pkg/networksheet.js";
const LATE: [&str; 3] = ["www/elements/network/", "www/parts/heat.css", "www/parts/drawing.css"];

/// The engine's lists of optimizers, schedules and limits.
const CATALOG: &str = "www/pkg/catalog.js";

/// The instructions that every supported browser has. "All features" would emit encodings that
/// some refuse.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// Builds everything and writes it to `dist/`.
pub(crate) fn build(fast: bool, address: Option<&str>) -> Result<(), String> {
    let profile = if fast { "fast" } else { "release" };
    announce(&format!("compiling for WebAssembly ({profile})"));
    target::compile(profile)?;
    announce("generating the bindings");
    bindings(profile)?;
    style_sheet()?;
    site::write(CATALOG, &downhill::export::catalog())?;
    if !fast {
        announce("optimising the module");
        optimise(&format!("{PACKAGE}/core_bg.wasm"))?;
    }
    publish()?;
    if fast {
        println!("dist/ has the modules one by one; a whole build makes the other forms");
    } else if site::can_bundle() {
        site::make_forms()?;
    } else {
        println!("run `npm ci` for a smaller page, and for the one-file, npm, notebook and SCORM forms");
    }
    site::finish(address)?;
    println!("wrote dist/");
    Ok(())
}

fn bindings(profile: &str) -> Result<(), String> {
    let wasm = format!("target/wasm32-unknown-unknown/{profile}/downhill.wasm");
    let mut bindgen = Bindgen::new();
    let generated = bindgen
        .input_path(wasm)
        .web(true)
        // A trap leaves an instance unusable; resetting the state lets the page make a new one.
        .map(|bindgen| bindgen.reset_state_function(true).omit_default_module_path(false))
        .and_then(|bindgen| bindgen.out_name("core").typescript(true).generate(PACKAGE));
    generated.map_err(|error| format!("the bindings could not be generated: {error:#}"))
}

/// A style sheet for all shadow roots: the parts' sheets, then the elements', which may add to them.
/// What only a network needs is in a sheet of its own.
fn style_sheet() -> Result<(), String> {
    let mut sheets = Vec::new();
    for room in STYLED {
        sheets.extend(site::files(room, "css")?);
    }
    let (late, first): (Vec<String>, Vec<String>) =
        sheets.into_iter().partition(|path| LATE.iter().any(|beginning| path.starts_with(beginning)));
    site::write(STYLE_SHEET, &joined(&first)?)?;
    site::write(LATE_SHEET, &format!("export const NETWORK_SHEET = {:?};\n", joined(&late)?))
}

fn joined(paths: &[String]) -> Result<String, String> {
    let texts: Result<Vec<String>, String> = paths.iter().map(|path| site::read(path)).collect();
    Ok(texts?.join("\n"))
}

pub(crate) fn optimise(module: &str) -> Result<(), String> {
    let Some(program) = npm_program("node_modules/binaryen/bin/wasm-opt") else { return Ok(()) };
    let mut command = words("node");
    command.arg(program).args(["-O3", module, "-o", module]).args(FEATURES);
    run("wasm-opt", &mut command)?;
    let failed = |error| format!("can't write {module}: {error}");
    let mut bytes = fs::read(module).map_err(failed)?;
    locations::blank(&mut bytes);
    fs::write(module, bytes).map_err(failed)
}

/// A program of an npm package, which only makes the page smaller: it may be absent.
fn npm_program(path: &str) -> Option<&Path> {
    let program = Path::new(path);
    if !program.is_file() {
        println!("{path} is skipped: run `npm ci` to have it, for a smaller page");
    }
    program.is_file().then_some(program)
}

/// Copies what a visitor loads; types and tests stay behind.
fn publish() -> Result<(), String> {
    let failed = |error| format!("can't write dist/: {error}");
    if Path::new("dist").exists() {
        fs::remove_dir_all("dist").map_err(failed)?;
    }
    copy(Path::new("www"), Path::new("dist/www")).map_err(failed)?;
    for name in site::PAGES.into_iter().chain(["icon.svg", "manifest.webmanifest"]) {
        fs::copy(name, Path::new("dist").join(name)).map_err(failed)?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, destination) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&source, &destination)?;
        } else if is_public(&source) {
            fs::copy(source, destination)?;
        }
    }
    Ok(())
}

/// Types of the generated module, and what is made into files of their own, stay behind.
fn is_public(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_part_of_sheet = name.ends_with(".css") && STYLED.iter().any(|room| path.starts_with(room));
    !is_part_of_sheet
        && !name.ends_with("wasm.d.ts")
        && !["package.json", "sw.js", "inlined.d.ts"].contains(&name.as_ref())
}
