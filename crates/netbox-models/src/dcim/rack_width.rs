// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `width` in `dcim/racks` and `dcim/rack-types`.
    pub enum RackWidth: i64 {
        Inches10 = 10,
        Inches19 = 19,
        Inches21 = 21,
        Inches23 = 23,
    }
}
