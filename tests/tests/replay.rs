//! The scenarios against their recordings of each version of NetBox, in both modes from the same body.

use std::{path::PathBuf, sync::Arc};

use netbox_core::Mode;
use netbox_replay::{Cassette, Replay};
use netbox_tests::{Counting, for_each_scenario, recordings, scenario};

/// The recordings of the scenario `name`, by version.
fn recorded(name: &str) -> Vec<(String, PathBuf)> {
    let found: Vec<_> = recordings::versions()
        .map(|version| (recordings::path(&version, name), version))
        .filter(|(path, _)| path.exists())
        .map(|(path, version)| (version, path))
        .collect();
    assert!(!found.is_empty(), "there is no recording of {name}: `cargo xtask record {name}` makes one");
    found
}

fn client<C: Mode>(path: PathBuf) -> (Counting<C>, Arc<Replay<C>>) {
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
                    for (version, path) in recorded(stringify!($name)) {
                        println!("NetBox {version}");
                        let (client, replay) = client::<netbox_core::Blocking>(path);
                        scenario::run(stringify!($name), &client).unwrap();
                        check_used(&replay);
                    }
                }
            )+
        }

        mod asynchronous {
            use super::*;
            $(
                #[tokio::test]
                async fn $name() {
                    for (version, path) in recorded(stringify!($name)) {
                        println!("NetBox {version}");
                        let (client, replay) = client::<netbox_core::Async>(path);
                        scenario::run(stringify!($name), &client).await.unwrap();
                        check_used(&replay);
                    }
                }
            )+
        }
    };
}

for_each_scenario!(replay);
