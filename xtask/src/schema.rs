//! `cargo xtask schema`: what NetBox's own schema says. Also what `codegen schema` reads and writes.

use anyhow::bail;
use lexopt::{Arg, Parser, ValueExt as _};

use self::version::Version;
use crate::Command;

mod diff;
mod document;
mod extract;
pub mod facts;
pub mod file;
mod line;
mod overlay;
pub(crate) mod reading;
mod shape;
mod source;
pub(crate) mod table;
pub mod version;
pub mod vocabulary;

pub(crate) use self::document::Document;
pub use self::{extract::Extract, source::Source};

pub const COMMAND: Command =
    Command { name: "schema", about: "Print what changed in NetBox's API from one version to another", run };

const HELP: &str = "\
cargo xtask schema diff FROM TO

Prints which endpoints, fields, filters and routes came, went or changed between two versions of NetBox, such
as 4.6 and 4.7, by endpoint: NetBox's own documents, corrected where they are known to be wrong.";

fn run(mut arguments: Parser) -> anyhow::Result<()> {
    match arguments.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => println!("{HELP}"),
        Some(Arg::Value(what)) if what == "diff" => {
            let mut version = || -> anyhow::Result<Version> { arguments.value()?.string()?.parse() };
            let (from, to) = (version()?, version()?);
            if let Some(more) = arguments.next()? {
                return Err(more.unexpected().into());
            }
            let extract = Source::of_repository().corrected()?;
            print!("{}", diff::diff(extract.release(from)?, extract.release(to)?));
        }
        Some(Arg::Value(what)) => {
            bail!("`{}` is not known; `cargo xtask schema` lists what is", what.display())
        }
        Some(option) => return Err(option.unexpected().into()),
    }
    Ok(())
}
