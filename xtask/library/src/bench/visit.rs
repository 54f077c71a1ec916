//! Work that a real NetBox takes part in.

use anyhow::{anyhow, ensure};
use netbox_core::{Blocking, Error, Mode};
use netbox_tests::Counting;
use netbox_transport_ureq::UreqTransport;

use super::meter::{Meter, Spent};
use crate::server::Server;

/// The measured quantities of a visit.
pub(crate) const QUANTITIES: [&str; 3] = ["seconds", "requests", "kB of JSON"];

/// A client of the NetBox of the environment.
pub(crate) fn client() -> anyhow::Result<Counting<Blocking>> {
    let server = Server::of_environment()?;
    let transport = UreqTransport::new().map_err(|error| anyhow!("{error}"))?;
    Ok(Counting::new(&server.url, &server.token, transport)?)
}

/// Does `work`, which should see `expected` objects, and measures it.
pub(crate) fn visit<C: Mode>(
    client: &Counting<C>,
    expected: usize,
    work: impl FnOnce() -> Result<usize, Error>,
) -> anyhow::Result<[f64; 3]> {
    let mut meter = Meter::new(client);
    let seen = work()?;
    let Spent { seconds, requests, kilobytes, .. } = meter.read();
    ensure!(seen == expected, "{seen} objects in place of {expected}: was it filled by `cargo xtask seed`?");
    Ok([seconds, requests, kilobytes])
}
