//! From sources to `dist/`: WebAssembly, its bindings, and the page beside them.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::command::{announce, run, words};
use crate::target;

/// Where the generated module lies: ignored by git, imported by the page.
const PACKAGE: &str = "www/pkg";

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
pub(crate) fn build(fast: bool) -> Result<(), String> {
    let profile = if fast { "fast" } else { "release" };
    announce(&format!("compiling for WebAssembly ({profile})"));
    target::compile(profile)?;
    announce("generating the bindings");
    bindings(profile)?;
    if !fast {
        optimise()?;
    }
    publish()?;
    if !fast {
        minify()?;
    }
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

fn optimise() -> Result<(), String> {
    let Some(program) = npm_program("node_modules/binaryen/bin/wasm-opt") else { return Ok(()) };
    announce("optimising the module");
    let module = format!("{PACKAGE}/core_bg.wasm");
    let mut command = words("node");
    command.arg(program).args(["-O3", &module, "-o", &module]).args(FEATURES);
    run("wasm-opt", &mut command)
}

/// Takes comments and blanks out of the files in `dist/`; they stay separate files.
fn minify() -> Result<(), String> {
    let Some(program) = npm_program("node_modules/esbuild/bin/esbuild") else { return Ok(()) };
    announce("minifying the page");
    let mut command = words("node");
    command.arg(program).args(["--minify", "--log-level=warning", "--allow-overwrite"]);
    command.args(["--outbase=dist/www", "--outdir=dist/www"]);
    for folder in ["dist/www", "dist/www/pkg"] {
        command.args(files(folder)?.into_iter().filter(|path| is_code(path)));
    }
    run("esbuild", &mut command)
}

/// A program of an npm package, which only makes the page smaller: it may be absent.
fn npm_program(path: &str) -> Option<&Path> {
    let program = Path::new(path);
    if !program.is_file() {
        println!("{path} is skipped: run `npm ci` to have it, for a smaller page");
    }
    program.is_file().then_some(program)
}

fn files(folder: &str) -> Result<Vec<PathBuf>, String> {
    let listed = fs::read_dir(folder).map_err(|error| format!("can't read {folder}: {error}"))?;
    Ok(listed.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect())
}

fn is_code(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "js" || extension == "css")
}

/// Copies what a visitor loads; types and tests stay behind.
fn publish() -> Result<(), String> {
    let failed = |error| format!("can't write dist/: {error}");
    if Path::new("dist").exists() {
        fs::remove_dir_all("dist").map_err(failed)?;
    }
    copy(Path::new("www"), Path::new("dist/www")).map_err(failed)?;
    fs::copy("index.html", "dist/index.html").map_err(failed)?;
    Ok(())
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (source, destination) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() {
            copy(&source, &destination)?;
        } else if !entry.file_name().to_string_lossy().ends_with("wasm.d.ts") {
            fs::copy(source, destination)?;
        }
    }
    Ok(())
}
