//! `cargo xtask versions`: what of the library was tried with which version of NetBox, as a table for the documentation.

use std::fmt::Write as _;

use anyhow::ensure;
use lexopt::Parser;
use netbox_tests::versions::{self, Tried};

use xtask::{
    flag,
    kept::{keep, keep_table},
};

const HELP: &str = "\
cargo xtask versions [--check]

Reads, creates and puts back the recorded objects of each version of NetBox through every model, counts the scenarios that
were recorded, and writes the table of that into README.md and crates/netbox-models/VERSIONS.md.

  --check   write no file, and fail if one is not as it would be written";

const MODELS: &str = "crates/netbox-models/VERSIONS.md";

pub(crate) fn run(arguments: Parser) -> anyhow::Result<()> {
    let Some(check) = flag::read(arguments, "check", HELP)? else { return Ok(()) };
    let tried = versions::try_all();
    let wrong: Vec<_> = tried.iter().flat_map(|tried| &tried.wrong).map(String::as_str).collect();
    ensure!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let table = table(&tried)?;
    print!("{table}");
    keep_table("README.md", &table, check, "versions")?;
    keep(MODELS, &table, check, "versions")
}

fn table(tried: &[Tried]) -> anyhow::Result<String> {
    let mut table = "| NetBox | lists | read | objects | created | put back | scenarios | requests |\n\
                     |---|---|---|---|---|---|---|---|\n"
        .to_owned();
    for Tried { release, lists, read, objects, created, put_back, scenarios, exchanges, .. } in tried {
        writeln!(
            table,
            "| {release} | {lists} | {read} | {objects} | {created} | {put_back} | {scenarios} | {exchanges} |"
        )?;
    }
    Ok(table)
}
