//! `cargo xtask seed`: fills an empty NetBox with the data set in `fixtures/dataset`.

use std::time::Instant;

use anyhow::ensure;
use lexopt::Parser;

use xtask::{flag, schema::Source};

use crate::server::Server;

mod components;
mod cut;
mod dataset;
mod describe;
mod expand;
mod files;
mod netbox;
mod rule;

pub(crate) use self::dataset::{Dataset, Origin};
use self::{
    cut::Left,
    dataset::Set,
    files::{IMAGES, SCRIPTS},
    netbox::{Done, Netbox},
};

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
    let netbox = Netbox::connect(&Server::of_environment()?)?;
    let version = netbox.version()?;
    let (dataset, left) = dataset.cut(&Source::of_repository().corrected()?, version.parse()?)?;
    if left != Left::default() {
        println!("NetBox {version} lacks {left} of the data set");
    }
    let start = Instant::now();
    let done = fill(&netbox, &dataset)?;
    let verdict = if done == Done::default() { "nothing to do" } else { "filled" };
    println!("{verdict}: {done}, in {} s", start.elapsed().as_secs());
    Ok(())
}

fn fill(netbox: &Netbox, dataset: &Dataset) -> anyhow::Result<Done> {
    netbox.refuse_a_strangers(dataset)?;
    let mut done = Done::default();
    for (at, set) in dataset.sets.iter().enumerate() {
        let Origin::OfSource(source) = &set.origin else { continue };
        if netbox.has_read(set)? {
            continue;
        }
        let sources =
            dataset.describe(netbox.me, dataset.sets[..at].iter().filter(|set| is_described(set)))?;
        let sources = netbox.bring_about(&sources, &mut done)?;
        netbox.sync(sources.id(source)?)?;
        ensure!(netbox.has_read(set)?, "{source} was read, and has not all files of the data set");
    }
    netbox.upload_scripts(dataset)?;
    let objects = dataset.describe(netbox.me, dataset.sets.iter().filter(|set| is_described(set)))?;
    let objects = netbox.bring_about(&objects, &mut done)?;
    netbox.put_files(dataset, &objects)?;
    netbox.attach_images(dataset, &objects)?;
    Ok(done)
}

/// Whether the objects of a set can be made without files.
fn is_described(set: &Set) -> bool {
    !matches!(set.origin, Origin::OfSource(_)) && ![SCRIPTS, IMAGES].contains(&set.endpoint.as_str())
}

#[cfg(test)]
mod tests;
