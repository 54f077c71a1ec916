//! Any JSON as custom fields, and as an object.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netbox_core::{Object, value::{Choice, CustomFields}};

fuzz_target!(|json: &[u8]| {
    if let Ok(fields) = serde_json::from_slice::<CustomFields>(json) {
        for name in fields.names() {
            let _ = fields.get::<Choice>(name);
            let _ = fields.selections(name);
        }
        serde_json::to_value(&fields).expect("JSON");
    }
    if let Ok(object) = serde_json::from_slice::<Object>(json) {
        object.names().for_each(|name| drop(object.fks(name)));
        assert!(object.to_model::<Object>().is_ok_and(|again| again == object));
    }
});
