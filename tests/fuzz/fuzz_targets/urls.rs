//! Any text as a base URL, a path and the URL of a file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netbox_core::Client;

fuzz_target!(|text: &str| {
    let _ = Client::builder(text).build(netbox_fuzz::canned(200, b""));
    let client = netbox_fuzz::client(200, br#"{"id": 1}"#);
    let _ = client.get_at(text, 1);
    let _ = client.download(text);
    let _ = client.query_at(text).param(text, text).first();
});
