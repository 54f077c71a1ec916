//! `cargo xtask record`: runs the scenarios of the tests against a real NetBox and writes down what it answers.

use std::{fs, panic, path::Path, sync::Arc};

use anyhow::{Context as _, anyhow, bail};
use lexopt::{Arg, Parser, ValueExt as _};
use netbox_core::{Client, Version};
use netbox_replay::Recorder;
use netbox_tests::{Counting, recordings, scenario};
use netbox_transport_ureq::UreqTransport;

use crate::{progress::Progress, server::Server};

const HELP: &str = "\
cargo xtask record [--as VERSION] [SCENARIO…]

Runs the scenarios of the tests, or those that are named, against a NetBox that `cargo xtask seed` has filled, and
rewrites their cassettes in fixtures/cassettes/VERSION, which is that of the NetBox: with `--as 4.3`, any other is
refused. A scenario that fails keeps the cassette that it had. CONTRIBUTING.md says how to start an older NetBox.

Environment: NETBOX_URL, the address of the NetBox, and NETBOX_TOKEN, a token that may write.";

pub(crate) fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let mut names = Vec::new();
    let mut expected = None;
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Long("as") => expected = Some(arguments.value()?.parse::<Version>()?),
            Arg::Value(name) => names.push(scenario_of(&name.to_string_lossy())?),
            other => return Err(other.unexpected().into()),
        }
    }
    if names.is_empty() {
        names.extend(scenario::NAMES);
    }
    let server = Server::of_environment()?;
    let client = Client::builder(&server.url).token(&server.token).build(UreqTransport::new()?)?;
    let version: Version = client.status()?.netbox_version.parse()?;
    if let Some(expected) = expected.filter(|expected| *expected != version) {
        bail!("the NetBox at {} is {version}, not {expected}", server.url);
    }
    let progress = Progress::new(names.len());
    for name in names {
        progress.begin(name);
        let exchanges = record(&server, name, &recordings::path(&version.to_string(), name))?;
        progress.advance(1);
        progress.end(&format!("{name}: {exchanges} exchanges"));
    }
    Ok(())
}

fn scenario_of(name: &str) -> anyhow::Result<&'static str> {
    match scenario::NAMES.iter().find(|known| **known == name) {
        Some(known) => Ok(known),
        None => bail!("there is no scenario `{name}`: there are {}", scenario::NAMES.join(", ")),
    }
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
