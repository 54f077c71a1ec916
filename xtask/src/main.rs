//! The commands of this repository; `cargo xtask` lists them.

use std::{
    env,
    process::{self, Command as Process, ExitCode},
};

use anyhow::Context as _;
use lexopt::Parser;
use xtask::{Command, codegen, schema};

mod ci;
mod mutants;

const COMMANDS: &[Command] = &[
    of_library("bench", "Measure what the library costs: time, requests, bytes, and its own build"),
    ci::COMMAND,
    codegen::COMMAND,
    of_library("fuzz", "Feed the library what no NetBox would send"),
    mutants::COMMAND,
    of_library("observe", "Compare objects of real servers with the table of netbox-schema"),
    of_library(
        "record",
        "Record the scenarios of the tests, or programs of the cookbook, from the NetBox at NETBOX_URL",
    ),
    schema::COMMAND,
    of_library("seed", "Fill the empty NetBox at NETBOX_URL with the data set in fixtures/dataset"),
    of_library("truth", "Try every model on the NetBox at NETBOX_URL, and write the table of what went well"),
    of_library(
        "versions",
        "Try the library with what was recorded of each version, and write the table of that",
    ),
];

fn main() -> ExitCode {
    xtask::run(COMMANDS)
}

/// A command that uses the library, in a program of its own: it takes longer to build.
const fn of_library(name: &'static str, about: &'static str) -> Command {
    Command { name, about, run: run_in_library }
}

/// Runs the program of these commands with the arguments of this one.
fn run_in_library(_: Parser) -> anyhow::Result<()> {
    let mut program = Process::new(xtask::cargo());
    program.args(["run", "--quiet", "--package", "xtask-library", "--"]).args(env::args_os().skip(1));
    let status = program.status().context("cargo")?;
    process::exit(status.code().unwrap_or(1))
}
