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
    /// The values of `cooling_method` in `dcim/devices`, `dcim/device-types` and `dcim/module-types`.
    pub enum CoolingMethod {
        Air = "air",
        Liquid = "liquid",
        Hybrid = "hybrid",
        Immersion = "immersion",
    }
}
