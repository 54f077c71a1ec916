//! Whether each ready-made model tells what a real NetBox does: skipped unless `NETBOX_URL` is set.

use netbox_core::Client;
use netbox_tests::truth;
use netbox_transport_ureq::UreqTransport;

mod server;

/// Which objects of each model are read: the oldest, the newest, and those of the data set that have all they can have.
const OF_EACH: [&str; 3] =
    ["limit=50&ordering=id", "limit=20&ordering=-id", "limit=10&ordering=id&tag=specimen"];

#[test]
fn no_model_loses_or_invents_anything() {
    let Some((url, token)) = server::server() else { return };
    let client = Client::builder(url).token(token).build(UreqTransport::new().unwrap()).unwrap();
    let mut wrong = Vec::new();
    let mut empty = Vec::new();
    let mut objects = 0;
    let entries = truth::entries();
    for (entry, query) in entries.iter().flat_map(|entry| OF_EACH.map(|query| (entry, query))) {
        match truth::read(&client, entry, query) {
            Ok(reading) => {
                objects += reading.objects;
                if reading.objects == 0 && query == OF_EACH[0] {
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
