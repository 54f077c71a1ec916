//! Work that a real NetBox takes part in.

use std::time::Instant;

use anyhow::{anyhow, ensure};
use netbox_core::{Blocking, Error, Mode};
use netbox_tests::Counting;
use netbox_transport_ureq::UreqTransport;

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
    let told = || (client.transport().requests(), client.transport().bytes());
    let (requests, bytes) = told();
    let began = Instant::now();
    let seen = work()?;
    let seconds = began.elapsed().as_secs_f64();
    ensure!(seen == expected, "{seen} objects in place of {expected}: was it filled by `cargo xtask seed`?");
    let (requests, bytes) = (told().0 - requests, told().1 - bytes);
    Ok([seconds, as_f64(requests), as_f64(bytes / 1000)])
}

#[allow(clippy::cast_precision_loss, reason = "no count comes near 2^52")]
fn as_f64(count: u64) -> f64 {
    count as f64
}
