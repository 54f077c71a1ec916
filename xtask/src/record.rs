//! `cargo xtask record`: runs the scenarios of the tests against a real NetBox and writes down what it answers.

use std::{fs, panic, path::Path, sync::Arc};

use anyhow::{Context as _, anyhow, bail};
use lexopt::{Arg, Parser};
use netbox_replay::Recorder;
use netbox_tests::{Counting, scenario};
use netbox_transport_ureq::UreqTransport;

use crate::{Command, progress::Progress, server::Server};

pub(crate) const COMMAND: Command = Command {
    name: "record",
    about: "Record the scenarios of the tests from the NetBox at NETBOX_URL into fixtures/cassettes",
    run,
};

const HELP: &str = "\
cargo xtask record [SCENARIO…]

Runs the scenarios of the tests, or those that are named, against a NetBox that `cargo xtask seed` has filled, and
rewrites their cassettes in fixtures/cassettes. A scenario that fails keeps the cassette that it had.

Environment: NETBOX_URL, the address of the NetBox, and NETBOX_TOKEN, a token that may write.";

fn run(mut arguments: Parser) -> anyhow::Result<()> {
    let mut names = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => {
                println!("{HELP}");
                return Ok(());
            }
            Arg::Value(name) => names.push(scenario_of(&name.to_string_lossy())?),
            other => return Err(other.unexpected().into()),
        }
    }
    if names.is_empty() {
        names.extend(scenario::NAMES);
    }
    let server = Server::of_environment()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cassettes");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let progress = Progress::new(names.len());
    for name in names {
        progress.begin(name);
        let exchanges = record(&server, name, &folder)?;
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

fn record(server: &Server, name: &str, folder: &Path) -> anyhow::Result<usize> {
    let recorder = Arc::new(Recorder::new(UreqTransport::new()?).hide(&server.token));
    let client = Counting::new(&server.url, &server.token, Arc::clone(&recorder))?;
    // An assertion that fails has said so; what is left is to stop.
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(|| scenario::run(name, &client)));
    match outcome {
        Ok(Ok(())) => {}
        Ok(Err(error)) => bail!("{name}: {error}"),
        Err(_) => bail!("{name} does not go as it asserts: was the NetBox filled by `cargo xtask seed`?"),
    }
    let path = folder.join(name).with_extension("json");
    recorder.save(&path).map_err(|error| anyhow!("{error}"))?;
    Ok(recorder.cassette(name).exchanges().len())
}
