//! The commands of this repository; `cargo xtask` lists them.

use std::process::ExitCode;

use lexopt::{Arg, Parser};

mod bench;
mod ci;
mod codegen;
mod flag;
mod fuzz;
mod kept;
mod mutants;
mod progress;
mod record;
mod schema;
mod seed;
mod server;
mod truth;
mod versions;

/// A command: its name, what it does in one line, and the function that does it.
struct Command {
    name: &'static str,
    about: &'static str,
    run: fn(Parser) -> anyhow::Result<()>,
}

const COMMANDS: &[Command] = &[
    bench::COMMAND,
    ci::COMMAND,
    codegen::COMMAND,
    fuzz::COMMAND,
    mutants::COMMAND,
    record::COMMAND,
    schema::COMMAND,
    seed::COMMAND,
    truth::COMMAND,
    versions::COMMAND,
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<()> {
    let mut arguments = Parser::from_env();
    match arguments.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => {
            println!("cargo xtask COMMAND\n");
            for command in COMMANDS {
                println!("  {:<8} {}", command.name, command.about);
            }
            Ok(())
        }
        Some(Arg::Value(name)) => match COMMANDS.iter().find(|command| name == command.name) {
            Some(command) => (command.run)(arguments),
            None => anyhow::bail!("there is no command `{}`; `cargo xtask` lists them", name.display()),
        },
        Some(option) => Err(option.unexpected().into()),
    }
}
