//! The scenarios against their recordings, in both colours from the same body.

use std::path::Path;

use netbox_core::Client;
use netbox_replay::{Cassette, Replay};
use netbox_tests::{Counted, counting, for_each_scenario, scenario};

fn client<M: netbox_core::Mode>(name: &str) -> Client<Counted<Replay<M>>> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cassettes").join(name).with_extension("json");
    let cassette = Cassette::load(path).unwrap();
    counting("https://netbox.example.com", "0123456789", Replay::new(cassette)).unwrap()
}

/// Nothing was recorded that nobody asks for any more.
#[track_caller]
fn check_used<M: netbox_core::Mode>(client: &Client<Counted<Replay<M>>>) {
    let unused: Vec<_> = client.transport().inner().unused().iter().map(ToString::to_string).collect();
    assert!(unused.is_empty(), "record again: nobody asks for {}", unused.join(", "));
}

macro_rules! replay {
    ($($name:ident)+) => {
        mod blocking {
            use super::*;
            $(
                #[test]
                fn $name() {
                    let client = client::<netbox_core::Blocking>(stringify!($name));
                    scenario::run(stringify!($name), &client).unwrap();
                    check_used(&client);
                }
            )+
        }

        mod asynchronous {
            use super::*;
            $(
                #[tokio::test]
                async fn $name() {
                    let client = client::<netbox_core::Async>(stringify!($name));
                    scenario::run(stringify!($name), &client).await.unwrap();
                    check_used(&client);
                }
            )+
        }
    };
}

for_each_scenario!(replay);
