//! `cargo xtask codegen`: writes the sources of this repository that are not written by hand.

use anyhow::bail;
use lexopt::{Arg, Parser};

use crate::Command;

pub mod models;
mod schema;

pub const COMMAND: Command = Command {
    name: "codegen",
    about: "Write the sources that are generated, or check that they are up to date",
    run,
};

const HELP: &str = "\
cargo xtask codegen WHAT …

  models   the models of crates/netbox-models, from netbox-schema's sources and the texts beside them
  schema   the table of crates/netbox-schema, from NetBox's OpenAPI documents

`cargo xtask codegen WHAT --help` tells more.";

fn run(mut arguments: Parser) -> anyhow::Result<()> {
    match arguments.next()? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => {
            println!("{HELP}");
            Ok(())
        }
        Some(Arg::Value(what)) if what == "models" => models::run(arguments),
        Some(Arg::Value(what)) if what == "schema" => schema::run(arguments),
        Some(Arg::Value(what)) => {
            bail!("`{}` is not generated; `cargo xtask codegen` lists what is", what.display())
        }
        Some(option) => Err(option.unexpected().into()),
    }
}
