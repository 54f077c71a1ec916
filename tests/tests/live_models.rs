//! Whether each ready-made model tells what a real NetBox does: skipped unless `NETBOX_URL` is set.

use netbox_core::Client;
use netbox_tests::truth;
use netbox_transport_ureq::UreqTransport;

mod server;

/// How many objects of each model are read.
const OF_EACH: u32 = 50;

#[test]
fn no_model_loses_or_invents_anything() {
    let Some((url, token)) = server::server() else { return };
    let client = Client::builder(url).token(token).build(UreqTransport::new().unwrap()).unwrap();
    let mut wrong = Vec::new();
    let mut empty = Vec::new();
    let mut objects = 0;
    let entries = truth::entries();
    for entry in &entries {
        match truth::read(&client, entry, OF_EACH) {
            Ok(reading) => {
                objects += reading.objects;
                if reading.objects == 0 {
                    empty.push(reading.endpoint);
                }
                wrong.extend(reading.wrong);
            }
            Err(error) => wrong.push(error.to_string()),
        }
    }
    let models = entries.len();
    println!("{objects} objects of {models} models; none of {}: {}", empty.len(), empty.join(", "));
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
