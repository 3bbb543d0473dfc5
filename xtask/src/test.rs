//! Every test, in lanes that run at the same time, with the sum of the runners' counts at the end.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::Instant;

use crate::Options;
use crate::build;
use crate::command::{announce, read, run, run_and_read, words};
use crate::install;
use crate::target;

/// How many tests passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Counts {
    passed: usize,
    failed: usize,
}

impl Counts {
    fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
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
        let mut command = runner(&[], &suites("tests/node")?)?;
        command.env("NOTEBOOK_PYTHON", install::notebook_python()?);
        Ok(counts(&run_and_read("node --test", &mut command)?))
    }),
    ("browser", chromium),
    ("firefox", firefox),
];

/// Two lanes of steps, which run at the same time; those of a lane run one after the other.
type Round = [&'static [&'static str]; 2];

/// Nothing of the page is tested before it is built; the linter uses the core that building leaves
/// idle. Browsers wait often enough that compilers can work beside them.
const ROUNDS: [Round; 2] =
    [[&["build"], &["format", "lint"]], [&["types", "native", "docs", "node"], &["browser", "firefox"]]];

/// Runs every step, or the one that is named.
pub(crate) fn test(options: &Options) -> Result<(), String> {
    let start = Instant::now();
    let total = match &options.only {
        Some(name) => only(name, options)?,
        None => every(options)?,
    };
    println!("\ndone in {:.1} s", start.elapsed().as_secs_f64());
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(())
}

fn only(name: &str, options: &Options) -> Result<Counts, String> {
    let step = STEPS.iter().find(|step| step.0 == name);
    let names = STEPS.map(|step| step.0).join(", ");
    let (name, work) = step.ok_or_else(|| format!("there is no such step; the steps are {names}"))?;
    announce(name);
    work(options).map_err(|error| format!("step `{name}`: {error}"))
}

fn every(options: &Options) -> Result<Counts, String> {
    install_all()?;
    ROUNDS.iter().try_fold(Counts::default(), |total, lanes| Ok(total.plus(round(lanes, options)?)))
}

fn round(lanes: &Round, options: &Options) -> Result<Counts, String> {
    thread::scope(|scope| {
        let lanes = lanes.map(|steps| scope.spawn(move || lane(steps, options)));
        let results = lanes.map(|lane| lane.join().unwrap_or_else(|_| Err("a lane of steps ended early".to_owned())));
        let failures: Vec<&str> =
            results.iter().filter_map(|result| result.as_ref().err().map(String::as_str)).collect();
        if !failures.is_empty() {
            return Err(failures.join("; "));
        }
        Ok(results.into_iter().flatten().fold(Counts::default(), Counts::plus))
    })
}

/// Installing is done before the lanes begin: two package managers at once would disturb each other.
fn install_all() -> Result<(), String> {
    install::npm_packages()?;
    install::python()?;
    install::notebook_python()?;
    install::course_python()?;
    install::chromium()?;
    install::other_engines();
    Ok(())
}

/// Steps one after the other, each in a process of its own, so that its output stands together.
fn lane(steps: &[&str], options: &Options) -> Result<Counts, String> {
    let mut total = Counts::default();
    for step in steps {
        total = total.plus(apart(step, options)?);
    }
    Ok(total)
}

fn apart(step: &str, options: &Options) -> Result<Counts, String> {
    let start = Instant::now();
    let program = std::env::current_exe().map_err(|error| format!("can't find this program: {error}"))?;
    let mut command = Command::new(program);
    command.args(["test", "--only", step]).args(options.thorough.then_some("--thorough"));
    let output = command.output().map_err(|error| format!("step `{step}` could not start: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let (shown, last) = text.trim_end().rsplit_once('\n').unwrap_or(("", &text));
    println!("{}\n{}{step}: {:.1} s", shown, String::from_utf8_lossy(&output.stderr), start.elapsed().as_secs_f64());
    if output.status.success() { Ok(closing(last)) } else { Err(format!("step `{step}` failed: {last}")) }
}

/// The counts in the last line of a step.
fn closing(line: &str) -> Counts {
    let number = |place: usize| line.split(' ').nth(place).and_then(|word| word.parse().ok()).unwrap_or(0);
    Counts { passed: number(0), failed: number(2) }
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

fn chromium(options: &Options) -> Result<Counts, String> {
    let chromium = install::chromium()?;
    install::other_engines();
    browser(&suites("tests/browser")?, options, &("CHROMIUM", chromium.into()))
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
    browser(&tests, options, &("ENGINE", "firefox".into()))
}

/// Runs the suites in a browser; in a thorough run each test has one attempt.
fn browser(tests: &[PathBuf], options: &Options, engine: &Variable) -> Result<Counts, String> {
    // Pages wait more than they work, so two suites at a time keep two cores busy.
    let (output, status) = read("node --test", &mut suite(tests, 2, options, engine)?)?;
    let (total, failed) = (counts(&output), failing(&output));
    if status.success() {
        return Ok(total);
    }
    if options.thorough || failed.is_empty() || total.failed > ACCIDENTS {
        return Err(format!("node --test failed ({status})"));
    }
    again(&failed, options, engine)?;
    Ok(Counts { passed: total.passed + total.failed, failed: 0 })
}

/// Runs the suites of failed tests alone: on a busy machine, where a page may take seconds to draw,
/// a test may fail by accident. It does not pass in silence.
fn again(failed: &[PathBuf], options: &Options, engine: &Variable) -> Result<(), String> {
    let names = failed.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ");
    announce(&format!("a second attempt at {names}"));
    run_and_read("node --test", &mut suite(failed, 1, options, engine)?)?;
    println!("!!! PASSED ONLY AT THE SECOND ATTEMPT: tests of {names}");
    Ok(())
}

/// The most tests that may fail by accident; more have a common reason.
const ACCIDENTS: usize = 3;

/// A variable of the environment, which tells the suites what to open.
type Variable = (&'static str, OsString);

/// Node's runner for suites in a browser, a number of them at once. Pages are served by this program
/// itself: cargo would wait for the lock of those that compile.
fn suite(tests: &[PathBuf], at_once: u32, options: &Options, (name, value): &Variable) -> Result<Command, String> {
    let server = std::env::current_exe().map_err(|error| format!("can't find this program: {error}"))?;
    let mut command = runner(&[FILE_LIMIT, &format!("--test-concurrency={at_once}")], tests)?;
    command.env(name, value).env("COURSE_PYTHON", install::course_python()?).env("XTASK", server);
    thorough(options, &mut command);
    Ok(command)
}

/// Node's runner, which takes its options before the suites.
fn runner(options: &[&str], tests: &[PathBuf]) -> Result<Command, String> {
    install::npm_packages()?;
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec"]).args(options).args(tests);
    Ok(command)
}

/// The files of the tests that failed, which Node's runner lists at its end.
fn failing(output: &str) -> Vec<PathBuf> {
    let places = output.lines().filter_map(|line| line.strip_prefix("test at ")?.split(':').next());
    let mut files: Vec<_> = places.map(PathBuf::from).collect();
    files.sort();
    files.dedup();
    files
}

/// A file of tests that waits for a page for ever fails after a quarter of an hour, in milliseconds.
const FILE_LIMIT: &str = "--test-timeout=900000";

fn suites(folder: &str) -> Result<Vec<PathBuf>, String> {
    let listed = std::fs::read_dir(folder).map_err(|error| format!("can't read {folder}: {error}"))?;
    let paths = listed.flatten().map(|entry| entry.path());
    let mut tests: Vec<_> = paths.filter(|path| path.to_string_lossy().ends_with(".test.js")).collect();
    tests.sort();
    Ok(tests)
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
    fn every_step_is_run_once() {
        let mut steps: Vec<&str> = ROUNDS.iter().flatten().copied().flatten().copied().collect();
        let mut known = STEPS.map(|step| step.0);
        steps.sort_unstable();
        known.sort_unstable();
        assert_eq!(steps, known);
    }

    #[test]
    fn a_steps_last_line_is_read() {
        assert_eq!(closing("12 passed, 1 failed"), Counts { passed: 12, failed: 1 });
        assert_eq!(closing(""), Counts::default());
    }

    #[test]
    fn files_of_failing_tests_are_read() {
        let output = "✖ a test (9 ms)\ntest at tests/b.test.js:142:1\n✖ a test\ntest at tests/a.test.js:7:1\ntest at tests/b.test.js:9:1";
        assert_eq!(failing(output), ["tests/a.test.js", "tests/b.test.js"].map(PathBuf::from));
        assert!(failing("✔ a test at tests/a.test.js:7:1").is_empty());
    }

    #[test]
    fn closing_lines_are_added_up() {
        let output = "test result: ok. 3 passed; 0 failed; 0 ignored\nℹ pass 4\nℹ fail 1\nand 9 passed; by the way";
        assert_eq!(counts(output), Counts { passed: 7, failed: 1 });
    }
}
