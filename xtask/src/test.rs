//! Every test, step by step, with the sum of the runners' counts at the end.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use crate::Options;
use crate::build;
use crate::command::{announce, run, run_and_read, words};
use crate::install;
use crate::target;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    passed: usize,
    failed: usize,
}

/// A step: its name, which `--only` takes, and what it does.
type Step = (&'static str, fn(&Options) -> Result<Counts, String>);

const STEPS: [Step; 9] = [
    ("format", |_| quiet("formatting", &mut words("cargo fmt --all --check"))),
    ("lint", lint),
    ("native", native),
    ("docs", |_| {
        let mut command = words("cargo doc --quiet --no-deps --package downhill");
        quiet("cargo doc", command.env("RUSTDOCFLAGS", "-D warnings"))
    }),
    ("build", |_| {
        install::npm_packages()?;
        build::build(false, None).map(|()| Counts::default())
    }),
    ("types", |_| quiet("tsc", &mut words("npx --no-install tsc -p tsconfig.json"))),
    ("node", |_| {
        let python = install::notebook_python()?;
        node(suites("tests/node")?, Command::new("node").env("NOTEBOOK_PYTHON", python))
    }),
    ("browser", |_| {
        let chromium = install::chromium()?;
        install::other_engines();
        browser(suites("tests/browser")?, Command::new("node").env("CHROMIUM", chromium))
    }),
    ("firefox", firefox),
];

/// Runs every step, or the one that is named.
pub(crate) fn test(options: &Options) -> Result<(), String> {
    let chosen = |step: &&Step| options.only.as_deref().is_none_or(|only| only == step.0);
    let steps: Vec<&Step> = STEPS.iter().filter(chosen).collect();
    if steps.is_empty() {
        let names = STEPS.map(|step| step.0).join(", ");
        return Err(format!("there is no such step; there are {names}"));
    }
    let mut total = Counts::default();
    for (name, step) in steps {
        announce(name);
        let start = Instant::now();
        let counts = step(options).map_err(|error| format!("step `{name}`: {error}"))?;
        total = Counts { passed: total.passed + counts.passed, failed: total.failed + counts.failed };
        println!("{name}: done in {:.1} s", start.elapsed().as_secs_f64());
    }
    println!("\n{} passed, {} failed", total.passed, total.failed);
    Ok(())
}

fn quiet(what: &str, command: &mut Command) -> Result<Counts, String> {
    run(what, command).map(|()| Counts::default())
}

/// Both targets, because the browser's code is compiled for one of them only.
fn lint(_: &Options) -> Result<Counts, String> {
    quiet("clippy", &mut words("cargo clippy --quiet --workspace --all-targets -- -D warnings"))?;
    target::lint().map(|()| Counts::default())
}

fn native(options: &Options) -> Result<Counts, String> {
    install::python()?;
    let mut command = words("cargo test --workspace");
    Ok(counts(&run_and_read("cargo test", thorough(options, &mut command))?))
}

/// Tells the tests whether there is time for larger counts.
fn thorough<'c>(options: &Options, command: &'c mut Command) -> &'c mut Command {
    if options.thorough { command.env("DOWNHILL_THOROUGH", "1") } else { command }
}

/// The same suites as in Chromium, but for the one that compares the engines.
fn firefox(options: &Options) -> Result<Counts, String> {
    install::other_engines();
    if !Path::new(install::FIREFOX).is_file() {
        println!("!!! Firefox IS NOT TESTED: there is no {}", install::FIREFOX);
        return Ok(Counts::default());
    }
    let mut tests = suites("tests/browser")?;
    tests.retain(|path| !path.ends_with("engines.test.js"));
    browser(tests, thorough(options, Command::new("node").env("ENGINE", "firefox")))
}

/// Pages wait more than they work, so two suites at a time keep two cores busy.
fn browser(tests: Vec<PathBuf>, command: &mut Command) -> Result<Counts, String> {
    node(tests, command.env("COURSE_PYTHON", install::course_python()?).arg("--test-concurrency=2"))
}

fn suites(folder: &str) -> Result<Vec<PathBuf>, String> {
    let listed = std::fs::read_dir(folder).map_err(|error| format!("can't read {folder}: {error}"))?;
    let paths = listed.flatten().map(|entry| entry.path());
    let mut tests: Vec<_> = paths.filter(|path| path.to_string_lossy().ends_with(".test.js")).collect();
    tests.sort();
    Ok(tests)
}

fn node(tests: Vec<PathBuf>, command: &mut Command) -> Result<Counts, String> {
    install::npm_packages()?;
    command.args(["--test", "--test-reporter=spec"]).args(tests);
    Ok(counts(&run_and_read("node --test", command)?))
}

/// Adds up the closing lines of cargo's runner and of Node's.
fn counts(output: &str) -> Counts {
    let after = |line: &str, mark: &str| line.strip_prefix(mark)?.trim().parse::<usize>().ok();
    let before = |line: &str, mark: &str| line.split(mark).next()?.rsplit(' ').next()?.parse::<usize>().ok();
    let mut total = Counts::default();
    for line in output.lines() {
        if line.starts_with("test result:") {
            total.passed += before(line, " passed;").unwrap_or(0);
            total.failed += before(line, " failed;").unwrap_or(0);
        }
        total.passed += after(line, "ℹ pass ").unwrap_or(0);
        total.failed += after(line, "ℹ fail ").unwrap_or(0);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_added_up() {
        let output = "test result: ok. 3 passed; 0 failed; 0 ignored\nℹ pass 4\nℹ fail 1\nand 9 passed; by the way";
        assert_eq!(counts(output), Counts { passed: 7, failed: 1 });
    }
}
