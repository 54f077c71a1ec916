//! The part of the repository's commands that needs none of its crates, so that it can mend them when they don't build.
#![forbid(unsafe_code)]
#![allow(missing_docs, reason = "only the commands of this repository use it")]

pub mod checkout;
pub mod codegen;
pub mod flag;
pub mod kept;
pub mod schema;

use std::{env, ffi::OsString, process::ExitCode};

use anyhow::bail;
use lexopt::{Arg, Parser};

/// A command: its name, what it does in one line, and the function that does it.
pub struct Command {
    pub name: &'static str,
    pub about: &'static str,
    pub run: fn(Parser) -> anyhow::Result<()>,
}

/// Runs the command that the arguments of this program name.
pub fn run(commands: &[Command]) -> ExitCode {
    match find_and_run(commands) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The cargo that this program was run by.
pub fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

fn find_and_run(commands: &[Command]) -> anyhow::Result<()> {
    let mut arguments = Parser::from_env();
    match arguments.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => {
            println!("cargo xtask COMMAND\n");
            for command in commands {
                println!("  {:<8} {}", command.name, command.about);
            }
            Ok(())
        }
        Some(Arg::Value(name)) => match commands.iter().find(|command| name == command.name) {
            Some(command) => {
                checkout::root()?;
                (command.run)(arguments)
            }
            None => bail!("there is no command `{}`; `cargo xtask` lists them", name.display()),
        },
        Some(option) => Err(option.unexpected().into()),
    }
}
