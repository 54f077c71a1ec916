//! What the ready-made models tell of an object each.

use netbox_core::{Client, Mode, Transport};

use crate::{Counted, Failure, truth};

/// How many objects of each model are read: the recording is to be small.
const OF_EACH: u32 = 1;

pub(super) async fn run<T: Transport>(client: &Client<Counted<T>>) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for entry in truth::entries() {
        let reading = T::Mode::lift(truth::read(client, &entry, OF_EACH)).await?;
        assert!(reading.objects > 0, "{} has no objects", reading.endpoint);
        wrong.extend(reading.wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
