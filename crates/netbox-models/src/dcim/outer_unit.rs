// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `outer_unit` in `dcim/racks` and `dcim/rack-types`.
    pub enum OuterUnit {
        Mm = "mm",
        In = "in",
    }
}
