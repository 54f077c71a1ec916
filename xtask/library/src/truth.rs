//! `cargo xtask truth`: what of each endpoint was tried on a real NetBox, as a table for the documentation.

use std::fmt::Write as _;

use anyhow::{Context as _, ensure};
use lexopt::Parser;
use netbox_core::{Blocking, Client};
use netbox_tests::truth::{self, Entry, Sample};
use netbox_transport_ureq::UreqTransport;

use xtask::{codegen, flag, kept::keep};

use crate::{
    progress::Progress,
    seed::{Dataset, Origin},
    server::Server,
};

const HELP: &str = "\
cargo xtask truth [--check]

Reads objects through each model and compares them with the raw JSON, puts some back unchanged, and writes what went well
into crates/netbox-models/ENDPOINTS.md. The NetBox has to be filled by `cargo xtask seed`.

  --check   write no file, and fail if the table is not as it would be written; objects are put back all the same

Environment: NETBOX_URL, the address of the NetBox, and NETBOX_TOKEN, a token that may write.";

const READ: Sample = Sample { oldest: 50, newest: 20, specimens: 10 };

pub(crate) fn run(arguments: Parser) -> anyhow::Result<()> {
    let Some(check) = flag::read(arguments, "check", HELP)? else { return Ok(()) };
    let server = Server::of_environment()?;
    let client = Client::builder(&server.url).token(&server.token).build(UreqTransport::new()?)?;
    let dataset = Dataset::of_repository()?;
    let entries = truth::entries();
    let progress = Progress::new(entries.len());
    let mut rows = Vec::new();
    let mut wrong = Vec::new();
    for entry in &entries {
        progress.begin(entry.endpoint);
        let row = Row::of(&client, &dataset, entry, &mut wrong).with_context(|| entry.endpoint)?;
        progress.advance(1);
        progress.end(&row.to_string());
        rows.push(row);
    }
    ensure!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    let text = text(&client.status()?.netbox_version, &rows)?;
    keep("crates/netbox-models/ENDPOINTS.md", &text, check, "truth")
}

/// The attempts with a model, and their results.
struct Row<'e> {
    entry: &'e Entry<Blocking>,
    read: bool,
    created: &'static str,
    put: Put,
}

#[derive(Clone, Copy, PartialEq)]
enum Put {
    Unchanged,
    ReadOnly,
    /// There was nothing to put back.
    Untried,
    Never(&'static str),
}

impl<'e> Row<'e> {
    fn of(
        client: &'e Client<Blocking>,
        dataset: &Dataset,
        entry: &'e Entry<Blocking>,
        wrong: &mut Vec<String>,
    ) -> anyhow::Result<Self> {
        let reading = truth::read(client, entry, READ)?;
        wrong.extend(reading.wrong);
        let never = truth::NEVER.iter().find(|(endpoint, _)| *endpoint == entry.endpoint);
        let put = match never {
            Some((_, reason)) => Put::Never(reason),
            None if !entry.is_writable(client.version().context("NetBox does not tell its version")?) => {
                Put::ReadOnly
            }
            None => {
                let (objects, differences) = truth::put_back(client, entry)?;
                wrong.extend(differences);
                if objects == 0 { Put::Untried } else { Put::Unchanged }
            }
        };
        let created = match dataset.origin(entry.endpoint) {
            Some(Origin::Created) => "yes",
            Some(Origin::OfTemplates) => "with a device",
            Some(Origin::OfSource(_)) => "from a data source",
            None => "by NetBox",
        };
        Ok(Self { entry, read: reading.objects > 0, created, put })
    }
}

impl std::fmt::Display for Row<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { entry, read, created, put } = self;
        let read = if *read { "yes" } else { "none there" };
        let put = match put {
            Put::Unchanged => "yes",
            Put::ReadOnly => "read-only",
            Put::Untried => "none there",
            Put::Never(reason) => reason,
        };
        let Entry { endpoint, model, .. } = entry;
        write!(f, "| `{endpoint}` | [`{model}`] | {read} | {created} | {put} |")
    }
}

fn text(version: &str, rows: &[Row<'_>]) -> anyhow::Result<String> {
    let without = codegen::models::without_model()?;
    let read = rows.iter().filter(|row| row.read).count();
    let created = rows.iter().filter(|row| row.created == "yes").count();
    let put = rows.iter().filter(|row| row.put == Put::Unchanged).count();
    let mut text = format!(
        "NetBox has {} endpoints, {} of them with a model. On a NetBox {version}, {read} models were read and compared with \
         the raw JSON; {created} created objects; and {put} put objects back unchanged.\n\n| endpoint | model | read | created | put back |\n|---|---|---|---|---|\n",
        rows.len() + without.len(),
        rows.len(),
    );
    for row in rows {
        writeln!(text, "{row}")?;
    }
    text += "\nThere is no model of:\n\n";
    for (endpoint, reason) in without {
        writeln!(text, "- `{endpoint}`, which {reason}")?;
    }
    Ok(text)
}
