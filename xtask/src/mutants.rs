//! `cargo xtask mutants`: breaks the code in many places, and shows which breaks no test notices.

use std::process::Command;

use anyhow::{Context as _, bail};
use lexopt::{Arg, Parser};

use xtask::checkout;

pub(crate) const COMMAND: xtask::Command = xtask::Command {
    name: "mutants",
    about: "Break the code in many places, and see whether a test notices",
    run,
};

const HELP: &str = "\
cargo xtask mutants [GLOB...]

Runs cargo-mutants (`cargo install cargo-mutants`) on the files that the globs match, or on those where an unnoticed mistake
would cost the most. Each mutant costs a build of its crate and a run of its tests: all of them take hours.";

/// The files in which an unnoticed mistake writes too much, loses something or shows a secret.
const FILES: [&str; 12] = [
    "crates/netbox-replay/src/secrets.rs",
    "crates/netbox-replay/src/secrets/value.rs",
    "crates/netbox-core/src/question/pager.rs",
    "crates/netbox-core/src/wire/retry.rs",
    "crates/netbox-core/src/answer/place.rs",
    "crates/netbox-core/src/answer/batch.rs",
    "crates/netbox-core/src/answer/save_many.rs",
    "crates/netbox-core/src/answer/work.rs",
    "crates/netbox-core/src/answer/record.rs",
    "crates/netbox-core/src/answer/bulk.rs",
    "crates/netbox-core/src/write/*.rs",
    "crates/netbox-core/src/model/form.rs",
];

/// These make a mutant cheap: no debug information, and few cases of each property, whose failures are not kept.
const VARIABLES: [(&str, &str); 3] = [
    ("CARGO_PROFILE_TEST_DEBUG", "0"),
    ("PROPTEST_CASES", "32"),
    ("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
];

fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let mut files = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Value(file) => files.push(file.to_string_lossy().into_owned()),
            other => return Err(other.unexpected().into()),
        }
    }
    if files.is_empty() {
        files = FILES.map(str::to_owned).to_vec();
    }
    let mut mutants = Command::new("cargo");
    // The tests of the mutant's own package, built once for both steps. No type has the functions of `Range` that
    // cargo-mutants tries.
    mutants.args(["mutants", "--in-place", "--all-features", "--cargo-arg=--lib", "--exclude-re", "Range::"]);
    mutants.envs(VARIABLES);
    for file in &files {
        mutants.args(["--file", file]);
    }
    let root = checkout::root()?;
    let status = mutants
        .current_dir(root)
        .status()
        .context("cargo-mutants can't be run: `cargo install cargo-mutants`")?;
    if !status.success() {
        bail!("some mutants were not noticed: see mutants.out");
    }
    Ok(())
}
