//! The scenarios against a real NetBox that `cargo xtask seed` filled: skipped unless `NETBOX_URL` is set.

use std::env;

use netbox_tests::{counting, for_each_scenario, scenario};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

/// Where the NetBox is, and a token for it; `None`, and said so, if there is none.
fn server() -> Option<(String, String)> {
    let Ok(url) = env::var("NETBOX_URL") else {
        eprintln!("skipped: NETBOX_URL is not set");
        return None;
    };
    Some((url, env::var("NETBOX_TOKEN").expect("NETBOX_TOKEN beside NETBOX_URL")))
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
