// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `rf_role` in `dcim/interfaces` and `dcim/interface-templates`.
    pub enum RfRole {
        AccessPoint = "ap",
        Station = "station",
    }
}
