//! The scenarios against their recordings, in both modes from the same body.

use std::{path::Path, sync::Arc};

use netbox_core::Mode;
use netbox_replay::{Cassette, Replay};
use netbox_tests::{Counting, for_each_scenario, scenario};

fn client<C: Mode>(name: &str) -> (Counting<C>, Arc<Replay<C>>) {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/cassettes").join(name).with_extension("json");
    let replay = Arc::new(Replay::new(Cassette::load(path).unwrap()));
    let client = Counting::new("https://netbox.example.com", "0123456789", Arc::clone(&replay)).unwrap();
    (client, replay)
}

/// Makes sure that the scenario asked for everything that was recorded.
#[track_caller]
fn check_used<C: Mode>(replay: &Replay<C>) {
    let unused: Vec<_> = replay.unused().iter().map(ToString::to_string).collect();
    assert!(unused.is_empty(), "record again: nobody asks for {}", unused.join(", "));
}

macro_rules! replay {
    ($($name:ident)+) => {
        mod blocking {
            use super::*;
            $(
                #[test]
                fn $name() {
                    let (client, replay) = client::<netbox_core::Blocking>(stringify!($name));
                    scenario::run(stringify!($name), &client).unwrap();
                    check_used(&replay);
                }
            )+
        }

        mod asynchronous {
            use super::*;
            $(
                #[tokio::test]
                async fn $name() {
                    let (client, replay) = client::<netbox_core::Async>(stringify!($name));
                    scenario::run(stringify!($name), &client).await.unwrap();
                    check_used(&replay);
                }
            )+
        }
    };
}

for_each_scenario!(replay);
