//! The scenarios against a real NetBox that `cargo xtask seed` filled: skipped unless `NETBOX_URL` is set.

use std::sync::{Mutex, PoisonError};

use netbox_tests::{Counting, for_each_scenario, scenario};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

mod server;

use server::server;

/// Scenarios count objects, and others must not come or go meanwhile: so one runs after the other, in one mode after the
/// other.
static TURN: Mutex<()> = Mutex::new(());

macro_rules! live {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                let Some((url, token)) = server() else { return };
                let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
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
