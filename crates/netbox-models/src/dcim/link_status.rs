// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `status` in `dcim/cables` and `wireless/wireless-links`.
    pub enum LinkStatus {
        Connected = "connected",
        Planned = "planned",
        Decommissioning = "decommissioning",
    }
}
