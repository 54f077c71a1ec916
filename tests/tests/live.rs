//! The scenarios against a real NetBox that `cargo xtask seed` filled: skipped unless `NETBOX_URL` is set.

use std::{
    io::{self, Write as _},
    sync::Once,
};

use netbox_tests::{counting, for_each_scenario, scenario};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

/// The NetBox and a token for it; if there is none that is said once, past the capture of the tests' output.
#[allow(clippy::explicit_write, reason = "what eprintln writes is captured")]
fn server() -> Option<(String, String)> {
    static SAID: Once = Once::new();
    let server = netbox_tests::server().unwrap();
    if server.is_none() {
        SAID.call_once(|| writeln!(io::stderr(), "skipped: NETBOX_URL is not set").unwrap());
    }
    server
}

macro_rules! live {
    ($($name:ident)+) => {
        $(
            // One colour after the other: they would get into each other's way.
            #[test]
            fn $name() {
                let Some((url, token)) = server() else { return };
                let client = counting(&url, &token, UreqTransport::new().unwrap()).unwrap();
                scenario::run(stringify!($name), &client).unwrap();
                let runtime = tokio::runtime::Runtime::new().unwrap();
                runtime.block_on(async {
                    let client = counting(&url, &token, HyperTransport::new().unwrap()).unwrap();
                    scenario::run(stringify!($name), &client).await.unwrap();
                });
            }
        )+
    };
}

for_each_scenario!(live);
