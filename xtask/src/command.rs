//! Running other programs, with one clear sentence when they fail.

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

/// Goes to the root of the project, so that every path below is relative to it.
pub(crate) fn enter_root() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("xtask has no parent folder")?;
    std::env::set_current_dir(root).map_err(|error| format!("can't enter {}: {error}", root.display()))
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()))
}

/// A command from one line of words, none of which holds a blank.
pub(crate) fn words(line: &str) -> Command {
    let mut words = line.split(' ');
    let program = words.next().unwrap_or_default();
    let mut command = if program == "cargo" { cargo() } else { Command::new(program) };
    command.args(words);
    command
}

/// Runs a command to its end; `what` names it in the sentence that reports its failure.
pub(crate) fn run(what: &str, command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("{what} could not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{what} failed ({status})")) }
}

/// Runs a command, shows its output as it comes, and returns what it printed on standard output.
pub(crate) fn run_and_read(what: &str, command: &mut Command) -> Result<String, String> {
    let (text, status) = read(what, command)?;
    if status.success() { Ok(text) } else { Err(format!("{what} failed ({status})")) }
}

/// As `run_and_read`, of a command that may fail.
pub(crate) fn read(what: &str, command: &mut Command) -> Result<(String, ExitStatus), String> {
    use std::io::{BufRead, BufReader};
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|error| format!("{what} could not start: {error}"))?;
    let mut text = String::new();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            println!("{line}");
            text.push_str(&line);
            text.push('\n');
        }
    }
    let status = child.wait().map_err(|error| format!("{what} could not be waited for: {error}"))?;
    Ok((text, status))
}

/// Whether a program can be started.
pub(crate) fn exists(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// Says what is being done.
pub(crate) fn announce(what: &str) {
    println!("\n== {what}");
}
