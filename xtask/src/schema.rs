//! `cargo xtask schema`: what NetBox's own schema says. Also what `codegen schema` reads and writes.

use anyhow::{Context as _, bail};
use lexopt::{Arg, Parser, ValueExt as _};

use self::version::Version;
use crate::Command;

mod diff;
mod document;
mod extract;
pub(crate) mod facts;
mod line;
mod overlay;
pub(crate) mod reading;
mod shape;
mod source;
pub(crate) mod table;
pub(crate) mod version;
pub(crate) mod vocabulary;

pub(crate) use self::{document::Document, extract::Extract, source::Source};

pub(crate) const COMMAND: Command = Command {
    name: "schema",
    about: "Print what changed in NetBox's schema from one version to another",
    run,
};

const HELP: &str = "\
cargo xtask schema diff FROM TO

Prints which endpoints, fields, filters and routes came, went or changed between two versions of NetBox, such as 4.6
and 4.7, by endpoint. It is what NetBox's own documents say, corrected where they are known to be wrong.";

fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let mut words = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Value(word) => words.push(word.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    match &*words {
        [] => println!("{HELP}"),
        [diff, from, to] if diff == "diff" => {
            let extract = Source::of_repository().corrected()?;
            let release = |text: &str| -> anyhow::Result<_> {
                let version: Version = text.parse()?;
                let known = extract.versions().iter().map(Version::to_string).collect::<Vec<_>>().join(", ");
                let release = extract.documents.get(&version);
                release.with_context(|| format!("{version} is not known: {known} are"))
            };
            print!("{}", diff::diff(release(from)?, release(to)?));
        }
        _ => bail!("`cargo xtask schema --help` tells what it takes"),
    }
    Ok(())
}
