//! The commands of `cargo xtask` that use the library.

use std::process::ExitCode;

use lexopt::Parser;
use xtask::Command;

mod bench;
mod fuzz;
mod observe;
mod progress;
mod record;
mod seed;
mod server;
mod truth;
mod versions;

const COMMANDS: &[Command] = &[
    command("bench", bench::run),
    command("fuzz", fuzz::run),
    command("observe", observe::run),
    command("record", record::run),
    command("seed", seed::run),
    command("truth", truth::run),
    command("versions", versions::run),
];

fn main() -> ExitCode {
    xtask::run(COMMANDS)
}

/// The list of all commands, which `cargo xtask` prints, describes it.
const fn command(name: &'static str, run: fn(Parser) -> anyhow::Result<()>) -> Command {
    Command { name, about: "", run }
}
