//! Any answer to OPTIONS.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netbox_core::Patch;

fuzz_target!(|body: &[u8]| {
    let client = netbox_fuzz::client(200, body);
    if let Ok(options) = client.options_at("plugins/acme/widgets") {
        options.fields().for_each(|(name, _)| drop(options.choices(name)));
    }
    let patch = Patch::new().field("name", "x").field("parts", [[("a", 1)], [("b", 2)]]);
    let _ = client.update_at("plugins/acme/widgets", 1, patch);
});
