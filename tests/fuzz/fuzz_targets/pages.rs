//! Any body as a page of a list.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let client = netbox_fuzz::client(200, body);
    if let Ok(all) = client.query_at("dcim/sites").all() {
        for object in &all {
            object.names().for_each(|name| drop(object.fk(name)));
        }
    }
    let _ = client.query_at("dcim/sites").count();
    let _ = client.get_at("dcim/sites", 1);
});
