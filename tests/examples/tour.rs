//! A walk through the library, with the blocking transport and then with the async one.
//!
//! Without a server it reads a recording over a real socket. With `NETBOX_URL` and `NETBOX_TOKEN` set, it reads that
//! NetBox, which `cargo xtask seed` has filled.

use std::io;

use netbox_replay::{Cassette, loopback::Loopback};
use netbox_tests::{Counting, Failure, recordings, tour};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

fn main() -> Result<(), Failure> {
    if let Some((url, token)) = netbox_tests::server()? {
        return go(&url, &token);
    }
    let recording = recordings::path(recordings::NEWEST, "tour");
    let server = Loopback::serve_cassette(Cassette::load(recording)?);
    println!("No NETBOX_URL is set: reading a recording, served at {}.\n", server.url());
    go(server.url(), "0123456789")
}

fn go(url: &str, token: &str) -> Result<(), Failure> {
    println!("== Blocking, with UreqTransport");
    let client = Counting::new(url, token, UreqTransport::new()?)?;
    tour::walk(&client, &mut io::stdout())?;

    println!("\n== Async, with HyperTransport");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = Counting::new(url, token, HyperTransport::new()?)?;
        tour::walk(&client, &mut io::stdout()).await
    })
}
