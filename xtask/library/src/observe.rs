//! `cargo xtask observe`: where the answers of real servers contradict the table.

use std::{fmt::Write as _, path::PathBuf};

use anyhow::ensure;
use lexopt::{Arg, Parser, ValueExt as _};

use self::{answers::Answers, compare::contradictions};
use xtask::schema::{Extract, Source};

mod answers;
mod compare;
mod shown;

const HELP: &str = "\
cargo xtask observe [--url URL]… [FILE…]

Compares objects of real servers with the table of netbox-schema, and prints each contradiction, with the number of values
that show it: null where nothing is null, a field that is missing or not in the table, a value of another kind, a choice
that is not listed, a reference to another endpoint. It fails if there is one: the overlay has to settle it.

  FILE        paths such as `/api/dcim/sites/`, and what was answered there, as .json or .json.gz; the version is in the
              answer of `/api/status/`, or in the name of the file
  --url URL   the first and last objects of each list of this NetBox; NETBOX_TOKEN is a token that may read all";

pub(crate) fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let extract = Source::of_repository().corrected()?;
    let mut observed = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Long("url") => observed.push(Answers::of_server(&arguments.value()?.string()?, &extract)?),
            Arg::Value(path) => observed.push(Answers::of_file(&PathBuf::from(path))?),
            other => return Err(other.unexpected().into()),
        }
    }
    let mut total = 0;
    for answers in &observed {
        let (text, count) = report(&extract, answers)?;
        println!("{text}");
        total += count;
    }
    ensure!(total == 0, "{total} contradictions: settle them in crates/netbox-schema/source/overlay.txt");
    Ok(())
}

/// The contradictions, a line each, and how many there are.
fn report(extract: &Extract, answers: &Answers) -> anyhow::Result<(String, usize)> {
    let version = answers.version;
    let found = contradictions(&extract.release(version)?.facts, answers);
    let objects: usize = answers.objects.values().map(Vec::len).sum();
    let (endpoints, count) = (answers.objects.len(), found.len());
    let mut text =
        format!("NetBox {version}: {objects} objects of {endpoints} endpoints, {count} contradictions");
    for ((place, what), times) in found {
        write!(text, "\n  {place}: {what} ({times})")?;
    }
    Ok((text, count))
}
