// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `distance_unit` in `circuits/circuits` and `wireless/wireless-links`.
    pub enum DistanceUnit {
        Km = "km",
        M = "m",
        Mi = "mi",
        Ft = "ft",
    }
}
