// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `cooling_capability` in `dcim/racks` and `dcim/rack-types`.
    pub enum CoolingCapability {
        AirOnly = "air-only",
        Hybrid = "hybrid",
        LiquidOnly = "liquid-only",
    }
}
