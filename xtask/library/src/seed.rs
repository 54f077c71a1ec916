//! `cargo xtask seed`: fills an empty NetBox with the data set in `fixtures/dataset`.

use std::time::Instant;

use lexopt::Parser;

use xtask::{flag, schema::Source};

use crate::{progress::Progress, server::Server};

mod api;
mod compare;
mod components;
mod cut;
mod dataset;
mod expand;
mod fill;
mod refusal;
mod rule;

pub(crate) use self::dataset::{Dataset, Origin};
use self::{api::Netbox, cut::Left};

const HELP: &str = "\
cargo xtask seed [--dry-run]

Fills an empty NetBox with the data set in fixtures/dataset, but for what its version lacks. What is already there is
left alone, so a second run creates nothing, and a run after an interrupted one completes it.

  --dry-run   expand and check the data set, print what it holds, and ask no server

Environment: NETBOX_URL, the address of the NetBox, and NETBOX_TOKEN, a token that may write.";

pub(crate) fn run(arguments: Parser) -> anyhow::Result<()> {
    let Some(dry_run) = flag::read(arguments, "dry-run", HELP)? else { return Ok(()) };
    let dataset = Dataset::of_repository()?;
    if dry_run {
        for (endpoint, count) in dataset.counts() {
            println!("{count:>5}  {endpoint}");
        }
        return Ok(());
    }
    let netbox = Netbox::connect(Server::of_environment()?)?;
    let version = netbox.version()?;
    let (dataset, left) = dataset.cut(&Source::of_repository().corrected()?, version.parse()?)?;
    if left != Left::default() {
        println!("NetBox {version} lacks {left} of the data set");
    }
    let start = Instant::now();
    let done = fill::fill(&netbox, &dataset, &Progress::new(dataset.descriptions()))?;
    let verdict = if done.created + done.changed == 0 { "nothing to do" } else { "filled" };
    println!("{verdict}: {done}, in {} s", start.elapsed().as_secs());
    Ok(())
}

#[cfg(test)]
mod tests;
