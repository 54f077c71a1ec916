// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `weight_unit` in `dcim/device-types`, `dcim/module-types`, `dcim/racks` and
    /// `dcim/rack-types`.
    pub enum WeightUnit {
        Kg = "kg",
        G = "g",
        Lb = "lb",
        Oz = "oz",
    }
}
