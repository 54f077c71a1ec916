//! Whether each ready-made model has the values that a real NetBox sends: skipped unless `NETBOX_URL` is set.

use netbox_core::Client;
use netbox_tests::truth::{self, Sample};
use netbox_transport_ureq::UreqTransport;

mod server;

const OF_EACH: Sample = Sample { oldest: 50, newest: 20, specimens: 10 };

#[test]
fn no_model_loses_or_invents_anything() {
    let Some((url, token)) = server::server() else { return };
    let client = Client::builder(url).token(token).build(UreqTransport::new().unwrap()).unwrap();
    let mut wrong = Vec::new();
    let entries = truth::entries();
    for entry in &entries {
        match truth::read(&client, entry, OF_EACH) {
            // A model without objects has not been tested.
            Ok(reading)
                if reading.objects == 0 && client.version().is_none_or(|version| entry.exists(version)) =>
            {
                wrong.push(format!("{} has no objects: was this NetBox filled?", entry.endpoint));
            }
            Ok(reading) => wrong.extend(reading.wrong),
            Err(error) => wrong.push(format!("{}: {error}", entry.endpoint)),
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
