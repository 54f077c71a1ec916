//! Any text as a value.
#![no_main]

use libfuzzer_sys::fuzz_target;
use netbox_core::{Version, fk::GenericFk, value::{Choice, Date, Decimal, IpPrefix, Timestamp}};

macro_rules! round_trip {
    ($text:ident: $($value:ty),+) => {$(
        if let Ok(value) = $text.parse::<$value>() {
            let shown = value.to_string();
            assert!(shown.parse::<$value>().is_ok_and(|again| again == value), "{shown}");
        }
    )+};
}

fuzz_target!(|text: &str| {
    round_trip!(text: Date, Decimal, IpPrefix, Timestamp, Version);
    let _ = serde_json::from_str::<Choice>(text);
    let _ = serde_json::from_str::<Decimal>(text);
    if let Ok(key) = serde_json::from_str::<GenericFk>(text) {
        let json = serde_json::to_string(&key).expect("JSON");
        assert_eq!(serde_json::from_str::<GenericFk>(&json).expect("a key"), key);
    }
});
