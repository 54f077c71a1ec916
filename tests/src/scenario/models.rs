//! The ready-made models, with an object each.

use netbox_core::Mode;

use crate::{
    Counting, Failure,
    truth::{self, Sample},
};

/// Few of each, so that the recording stays small.
const OF_EACH: Sample = Sample { oldest: 1, newest: 0, specimens: 1 };

pub(super) async fn run<C: Mode>(client: &Counting<C>) -> Result<(), Failure> {
    let mut wrong = Vec::new();
    for entry in truth::entries() {
        let reading = C::lift(truth::read(client, &entry, OF_EACH)).await?;
        let is_lacking = client.version().is_some_and(|version| !entry.exists(version));
        assert!(reading.objects > 0 || is_lacking, "{} has no objects", reading.endpoint);
        wrong.extend(reading.wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}
