//! The scenarios against a real NetBox that `cargo xtask seed` filled: skipped unless `NETBOX_URL` is set.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use netbox_tests::{Counting, for_each_scenario, scenario};
use netbox_transport_hyper::HyperTransport;
use netbox_transport_ureq::UreqTransport;

mod server;

use server::server;

/// Scenarios count objects, and others must not come or go meanwhile: so one runs after the other, in one mode after the
/// other.
static TURN: Mutex<()> = Mutex::new(());

/// How long an answer may take: a busy NetBox needs half a minute to delete 100 objects.
const PATIENCE: Duration = Duration::from_secs(180);

macro_rules! live {
    ($($name:ident)+) => {
        $(
            #[test]
            fn $name() {
                let Some((url, token)) = server() else { return };
                let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
                let transport = UreqTransport::builder().timeout(PATIENCE).build().unwrap();
                let client = Counting::new(&url, &token, transport).unwrap();
                scenario::run(stringify!($name), &client).unwrap();
                let runtime = tokio::runtime::Runtime::new().unwrap();
                runtime.block_on(async {
                    let transport = HyperTransport::builder().timeout(PATIENCE).build().unwrap();
                    let client = Counting::new(&url, &token, transport).unwrap();
                    scenario::run(stringify!($name), &client).await.unwrap();
                });
            }
        )+
    };
}

for_each_scenario!(live);
