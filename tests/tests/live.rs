//! The scenarios against a real NetBox that `cargo xtask seed` filled: skipped unless `NETBOX_URL` is set.

use netbox_tests::{Counting, for_each_scenario, scenario};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

mod server;

use server::server;

macro_rules! live {
    ($($name:ident)+) => {
        $(
            // One mode after the other: they would get into each other's way.
            #[test]
            fn $name() {
                let Some((url, token)) = server() else { return };
                let client = Counting::new(&url, &token, UreqTransport::new().unwrap()).unwrap();
                scenario::run(stringify!($name), &client).unwrap();
                let runtime = tokio::runtime::Runtime::new().unwrap();
                runtime.block_on(async {
                    let client = Counting::new(&url, &token, HyperTransport::new().unwrap()).unwrap();
                    scenario::run(stringify!($name), &client).await.unwrap();
                });
            }
        )+
    };
}

for_each_scenario!(live);
