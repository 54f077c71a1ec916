//! `cargo xtask versions`: what of the library was tried with which version of NetBox, as a table for the documentation.

use std::fmt::Write as _;

use anyhow::{Context as _, ensure};
use lexopt::Parser;
use netbox_tests::versions::{self, Tried};

use xtask::{
    flag,
    kept::{content, keep},
};

const HELP: &str = "\
cargo xtask versions [--check]

Reads, creates and puts back the recorded objects of each version of NetBox through every model, counts the scenarios that
were recorded, and writes the table of that into README.md and crates/netbox-models/VERSIONS.md.

  --check   write no file, and fail if one is not as it would be written";

const README: &str = "README.md";
const MODELS: &str = "crates/netbox-models/VERSIONS.md";

/// The lines around the table in the README.
const MARKS: [&str; 2] = ["<!-- written by `cargo xtask versions` -->\n", "<!-- until here -->\n"];

pub(crate) fn run(arguments: Parser) -> anyhow::Result<()> {
    let Some(check) = flag::read(arguments, "check", HELP)? else { return Ok(()) };
    let tried = versions::try_all();
    let wrong: Vec<_> = tried.iter().flat_map(|tried| &tried.wrong).map(String::as_str).collect();
    ensure!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let table = table(&tried)?;
    print!("{table}");
    keep(README, &within(&content(README)?, &table)?, check, "versions")?;
    keep(MODELS, &table, check, "versions")
}

fn table(tried: &[Tried]) -> anyhow::Result<String> {
    let mut table = "| NetBox | lists with a model | read | created | put back | scenarios replayed |\n\
                     |---|---|---|---|---|---|\n"
        .to_owned();
    for Tried {
        release, lists, read, objects, created, read_again, put_back, scenarios, exchanges, ..
    } in tried
    {
        let again = if *read_again > 0 { format!(", {read_again} read again") } else { String::new() };
        writeln!(
            table,
            "| {release} | {lists} | {read}, {objects} objects | {created}{again} | {put_back} | {scenarios}, {exchanges} requests |"
        )?;
    }
    Ok(table)
}

/// `text` with another table between the marks.
fn within(text: &str, table: &str) -> anyhow::Result<String> {
    let split = || {
        let (before, rest) = text.split_once(MARKS[0])?;
        Some((before, rest.split_once(MARKS[1])?.1))
    };
    let (before, after) = split().with_context(|| format!("{README} has no place for the table"))?;
    Ok([before, MARKS[0], table, MARKS[1], after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_table_is_replaced() {
        let [begin, end] = MARKS;
        let text = format!("a\n{begin}old\n{end}b\n");
        assert_eq!(within(&text, "new\n").unwrap(), format!("a\n{begin}new\n{end}b\n"));
        assert!(within("a\nb\n", "new\n").is_err());
    }
}
