//! Any description of a server's lists, and of types of custom objects.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|body: &[u8]| {
    let client = netbox_fuzz::client(200, body);
    let _ = client.load_schema();
    let _ = client.query_at("plugins/acme/widgets").param("color", "red").first();
    let _ = client.query_at("plugins/custom-objects/gadgets").param("note", ["a", "b"]).first();
});
