//! The compiler for WebAssembly: found, added, or taken from Debian.

use std::path::Path;
use std::process::Command;

use crate::command::{announce, cargo, exists, run, words};
use crate::debian;

const TARGET: &str = "wasm32-unknown-unknown";

/// Compiles the crate for WebAssembly with a cargo profile.
pub(crate) fn compile(profile: &str) -> Result<(), String> {
    let mut command = if ensure()? { cargo() } else { debian::cargo()? };
    command.args(["build", "--lib", "--package", "downhill", "--target", TARGET, "--profile", profile]);
    run("compiling for WebAssembly", &mut command)
}

/// Lints the crate as it is compiled for WebAssembly; Debian's toolchain has no linter for it.
pub(crate) fn lint() -> Result<(), String> {
    if !ensure()? {
        println!("clippy for {TARGET} is skipped: the toolchain does not have the target");
        return Ok(());
    }
    let options = format!("clippy --quiet --lib --package downhill --target {TARGET} -- -D warnings");
    run("clippy", &mut words(&format!("cargo {options}")))
}

/// Whether the toolchain in use has the target, after trying to add it.
fn ensure() -> Result<bool, String> {
    if installed()? {
        return Ok(true);
    }
    announce(&format!("adding the target {TARGET}"));
    let added = exists("rustup") && run("rustup", &mut words(&format!("rustup target add {TARGET}"))).is_ok();
    Ok(added && installed()?)
}

fn installed() -> Result<bool, String> {
    let output = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    let output = output.map_err(|error| format!("rustc could not start: {error}"))?;
    Ok(Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}
