//! A second way to the WebAssembly target, for networks on which rustup's server can't be reached:
//! Debian's own compiler with the sources of the standard library.

use std::path::PathBuf;
use std::process::Command;

use crate::install;

const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];

/// Debian's cargo, set up to compile the standard library along with the crate.
pub(crate) fn cargo() -> Result<Command, String> {
    if sources().is_none() {
        install::debian_packages(&PACKAGES).map_err(|error| {
            format!("the target wasm32-unknown-unknown is missing, and rustup could not add it; {error}")
        })?;
    }
    let sources = sources().ok_or("the sources of Rust's standard library are not in /usr/src")?;
    let mut command = Command::new("/usr/bin/cargo");
    command.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", "/usr/bin/rustc");
    command.env_remove("RUSTUP_TOOLCHAIN").env("__CARGO_TESTS_ONLY_SRC_ROOT", sources);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-19");
    command.args(["-Zbuild-std=std,panic_abort"]);
    Ok(command)
}

fn sources() -> Option<PathBuf> {
    let folders = std::fs::read_dir("/usr/src").ok()?.flatten();
    let libraries = folders
        .map(|folder| folder.path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("rustc-")));
    libraries.map(|path| path.join("library")).find(|path| path.is_dir())
}
