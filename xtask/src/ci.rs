//! `cargo xtask ci`: every check of this repository, in order, up to the first that fails.

use std::{
    env,
    time::{Duration, Instant},
};

use anyhow::bail;
use lexopt::Parser;

use self::{
    packages::Package,
    step::{Servers, Step, When},
};
use xtask::{Command, flag};

mod invocation;
mod packages;
mod step;
mod timings;

pub(crate) const COMMAND: Command = Command {
    name: "ci",
    about: "Run every check that a change must pass, the live tests too if there is a NetBox",
    run,
};

const HELP: &str = "\
cargo xtask ci [--list | --timings]

Runs the checks that a change must pass, and stops at the first that fails. What could not be checked here is said at
the end. cargo-deny is installed if it is missing.

  --list      print the checks, and run none
  --timings   run the tests alone, and print the slowest; without those in documentation, and those of mistakes that
              the compiler finds

Environment: NETBOX_URL and NETBOX_TOKEN of a NetBox for tests. If they are set it is filled with the data set, which
may take some minutes, and the live tests run against it. No NETBOX_URL, or an empty one, means that there is none.
NETBOX_PLUGINS_URL and NETBOX_PLUGINS_TOKEN name a NetBox with plugins in the same way.";

fn run(arguments: Parser) -> anyhow::Result<()> {
    let Some(flag) = flag::read_one(arguments, &["list", "timings"], HELP)? else { return Ok(()) };
    if flag == Some("timings") {
        return timings::run();
    }
    let is_set = |name: &str| env::var_os(name).is_some_and(|url| !url.is_empty());
    let servers = Servers { netbox: is_set("NETBOX_URL"), plugins: is_set("NETBOX_PLUGINS_URL") };
    let steps = step::all(&Package::of_workspace()?, servers);
    if flag == Some("list") {
        for step in steps {
            println!("{}\n    {}", step.name, step.command);
        }
        return Ok(());
    }
    check(&steps)
}

fn check(steps: &[Step]) -> anyhow::Result<()> {
    let start = Instant::now();
    let mut unchecked = Vec::new();
    for step in steps {
        println!("\n== {}", step.name);
        let needed = match &step.when {
            When::Always => true,
            When::Missing(probe) => !probe.succeeds_silently()?,
            When::Possible(probe, reason) => {
                // A probe that is not installed can't be run at all.
                let possible = probe.succeeds_silently().unwrap_or(false);
                if !possible {
                    unchecked.push((&step.name, *reason));
                }
                possible
            }
            When::Never(reason) => {
                unchecked.push((&step.name, *reason));
                false
            }
        };
        if !needed {
            println!("   not run: {}", step.command);
            continue;
        }
        println!("   {}", step.command);
        let start = Instant::now();
        let status = step.command.status()?;
        if !status.success() {
            bail!("{} failed, {status}: {}", step.name, step.command);
        }
        println!("   {}", seconds(start.elapsed()));
    }
    println!("\nAll is well, in {}.", seconds(start.elapsed()));
    for (name, reason) in unchecked {
        println!("Not checked: {name}, since {reason}.");
    }
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
