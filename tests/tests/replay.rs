//! The scenarios against their recordings of each version of NetBox, in both modes from the same body.

use std::{path::PathBuf, sync::Arc, time::Duration};

use netbox_core::{
    Mode, Outcome,
    transport::{Request, Response, Transport, TransportError},
};
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

/// The recordings of NetBox 4.6 are of a client that began each walk in the way that older versions know, by
/// `ordering=id`, and there is no such server to record them again. The rows of such an answer are the same.
struct BeginsInOrder<T>(T);

impl<T: Transport> Transport for BeginsInOrder<T> {
    type Mode = T::Mode;

    fn send(&self, mut request: Request) -> Outcome<'_, Self::Mode, Result<Response, TransportError>> {
        let url = request.uri().to_string();
        *request.uri_mut() = url.replace("&start=0", "&ordering=id").parse().unwrap();
        self.0.send(request)
    }

    fn sleep(&self, delay: Duration) -> Outcome<'_, Self::Mode, ()> {
        self.0.sleep(delay)
    }
}

fn client<C: Mode>(version: &str, path: PathBuf) -> (Counting<C>, Arc<Replay<C>>) {
    let replay = Arc::new(Replay::new(Cassette::load(path).unwrap()));
    let (url, token) = ("https://netbox.example.com", "0123456789");
    let client = if version == "4.6" {
        Counting::new(url, token, BeginsInOrder(Arc::clone(&replay)))
    } else {
        Counting::new(url, token, Arc::clone(&replay))
    };
    (client.unwrap(), replay)
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
                        let (client, replay) = client::<netbox_core::Blocking>(&version, path);
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
                        let (client, replay) = client::<netbox_core::Async>(&version, path);
                        scenario::run(stringify!($name), &client).await.unwrap();
                        check_used(&replay);
                    }
                }
            )+
        }
    };
}

for_each_scenario!(replay);
