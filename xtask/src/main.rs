//! The build system: `cargo xtask serve | build | test | bench`.
fn main() {}
