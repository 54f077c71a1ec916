// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `feed_leg` in `dcim/power-outlets` and `dcim/power-outlet-templates`.
    pub enum FeedLeg {
        A = "A",
        B = "B",
        C = "C",
    }
}
