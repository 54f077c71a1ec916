//! What the ready-made models tell of an object each.

use netbox_core::{Client, Mode, Transport};

use crate::{Counted, Failure, truth};

/// Which objects of each model are read: the recording is to be small.
const OF_EACH: &str = "limit=1&ordering=id";

pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for entry in truth::entries() {
        wrong.extend(T::Mode::lift(truth::read(client, &entry, OF_EACH)).await?.wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
