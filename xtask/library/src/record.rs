//! `cargo xtask record`: runs the scenarios of the tests and the programs of the cookbook against a real NetBox, and
//! writes down what it answers.

use std::{fs, panic, path::Path, sync::Arc};

use anyhow::{Context as _, anyhow, bail};
use lexopt::{Arg, Parser, ValueExt as _};
use netbox_core::{Blocking, Client, Version};
use netbox_replay::Recorder;
use netbox_tests::{
    Counting,
    cookbook::{self as recipes, Recipe},
    recordings, scenario,
};
use netbox_transport_ureq::UreqTransport;

use crate::{progress::Progress, server::Server};

mod cookbook;

const HELP: &str = "\
cargo xtask record [--as VERSION] [SCENARIO… | PROGRAM…]

Runs the scenarios of the tests, or those that are named, against a NetBox that `cargo xtask seed` has filled, and
rewrites their cassettes in fixtures/cassettes/VERSION, which is that of the NetBox: with `--as 4.3`, any other is
refused. A scenario that fails keeps the cassette that it had. CONTRIBUTING.md says how to start an older NetBox.

The programs in crates/netbox-client/examples that are named are recorded in fixtures/cookbook, with what they print.

Environment: NETBOX_URL, the address of the NetBox, and NETBOX_TOKEN, a token that may write. For programs that need a
NetBox with plugins, NETBOX_PLUGINS_URL and NETBOX_PLUGINS_TOKEN name it.";

pub(crate) fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let mut scenarios = Vec::new();
    let mut programs = Vec::new();
    let mut expected = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Long("as") => expected = Some(arguments.value()?.parse::<Version>()?),
            Arg::Value(name) => match found(&name.to_string_lossy())? {
                Work::Scenario(name) => scenarios.push(name),
                Work::Program(recipe) => programs.push(recipe),
            },
            other => return Err(other.unexpected().into()),
        }
    }
    if scenarios.is_empty() && programs.is_empty() {
        scenarios.extend(scenario::NAMES);
    }
    let progress = Progress::new(scenarios.len() + programs.len());
    if !scenarios.is_empty() {
        let server = Server::of_environment()?;
        let version = connect(&server, expected)?.1.to_string();
        for name in scenarios {
            progress.begin(name);
            let exchanges = record(&server, name, &recordings::path(&version, name))?;
            progress.advance(1);
            progress.end(&format!("{name}: {exchanges} exchanges"));
        }
    }
    if !programs.is_empty() {
        cookbook::build()?;
    }
    for recipe in programs {
        let server = if recipe.plugins { Server::with_plugins()? } else { Server::of_environment()? };
        let (client, _) = connect(&server, Some(recordings::NEWEST.parse()?))?;
        progress.begin(recipe.name);
        let exchanges = cookbook::record(&recipe, &server, &client)?;
        progress.advance(1);
        progress.end(&format!("{}: {exchanges} exchanges", recipe.name));
    }
    Ok(())
}

/// A recording to make.
enum Work {
    Scenario(&'static str),
    Program(Recipe),
}

fn found(name: &str) -> anyhow::Result<Work> {
    if let Some(name) = scenario::NAMES.iter().find(|known| **known == name) {
        return Ok(Work::Scenario(name));
    }
    if let Some(recipe) = recipes::all().into_iter().find(|recipe| recipe.name == name) {
        return Ok(Work::Program(recipe));
    }
    let programs: Vec<_> = recipes::all().iter().map(|recipe| recipe.name).collect();
    bail!(
        "there is no scenario and no program `{name}`: the scenarios are {}, the programs {}",
        scenario::NAMES.join(", "),
        programs.join(", ")
    )
}

/// A client of the server, and its version, which is the expected one.
fn connect(server: &Server, expected: Option<Version>) -> anyhow::Result<(Client<Blocking>, Version)> {
    let client = Client::builder(&server.url).token(&server.token).build(UreqTransport::new()?)?;
    let version: Version = client.status()?.netbox_version.parse()?;
    if let Some(expected) = expected.filter(|expected| *expected != version) {
        bail!("the NetBox at {} is {version}, not {expected}", server.url);
    }
    Ok((client, version))
}

fn record(server: &Server, name: &str, path: &Path) -> anyhow::Result<usize> {
    let recorder = Arc::new(Recorder::new(UreqTransport::new()?).hide(&server.token));
    let client = Counting::new(&server.url, &server.token, Arc::clone(&recorder))?;
    // An assertion that fails has said so; what is left is to stop.
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| scenario::run(name, &client)));
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => bail!("{name}: {error}"),
        Err(_) => bail!("{name} does not go as it asserts: was the NetBox filled by `cargo xtask seed`?"),
    }
    let folder = path.parent().expect("a cassette is in a folder");
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    recorder.save(path).map_err(|error| anyhow!("{error}"))?;
    Ok(recorder.cassette(name).exchanges().len())
}
