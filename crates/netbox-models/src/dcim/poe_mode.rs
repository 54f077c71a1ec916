// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `poe_mode` in `dcim/interfaces` and `dcim/interface-templates`.
    pub enum PoeMode {
        Pd = "pd",
        Pse = "pse",
    }
}
