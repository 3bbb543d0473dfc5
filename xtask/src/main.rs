//! The build system: `cargo xtask build | serve | test | bench | mutate`.

mod bench;
mod build;
mod command;
mod debian;
mod install;
mod locations;
mod mutations;
mod server;
mod site;
mod split;
mod target;
mod test;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask build [--fast] [--address URL]         write the page to dist/, and for an address its oembed.json
cargo xtask serve [--port N] [--open] [--fast]     build it, and serve it on this machine
cargo xtask test [--thorough] [--only STEP]        run every test, or one step of them
cargo xtask bench [--peers]                         measure, and compare with the budgets and other libraries
cargo xtask mutate                                  make mistakes in a copy of the engine, and see that tests catch them
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    command::enter_root()?;
    let Some((name, options)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    let options = Options::read(options)?;
    match name.as_str() {
        "build" => build::build(options.fast, options.address.as_deref()),
        "serve" => server::serve(&options),
        "test" => test::test(&options),
        "bench" => bench::bench(options.peers),
        "mutate" => mutations::mutate(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("`{other}` is not a command; the commands are build, serve, test, bench and mutate")),
    }
}

/// What may follow a command.
#[derive(Debug, Default)]
struct Options {
    fast: bool,
    no_build: bool,
    open: bool,
    thorough: bool,
    peers: bool,
    port: Option<u16>,
    only: Option<String>,
    address: Option<String>,
}

impl Options {
    fn read(arguments: &[String]) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("`{argument}` needs a value"));
            match argument.as_str() {
                "--fast" => options.fast = true,
                "--no-build" => options.no_build = true,
                "--open" => options.open = true,
                "--thorough" => options.thorough = true,
                "--peers" => options.peers = true,
                "--port" => options.port = Some(port(value()?)?),
                "--address" => options.address = Some(value()?.clone()),
                "--only" => options.only = Some(value()?.clone()),
                other => return Err(format!("`{other}` is not an option; see cargo xtask help")),
            }
        }
        Ok(options)
    }
}

fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| format!("`{text}` is not a port; use a number from 0 to 65535"))
}
