// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `cable_end` in `circuits/circuit-terminations`, `dcim/cable-terminations`,
    /// `dcim/console-ports`, `dcim/console-server-ports`, `dcim/front-ports`, `dcim/interfaces`,
    /// `dcim/power-feeds`, `dcim/power-outlets`, `dcim/power-ports` and `dcim/rear-ports`.
    pub enum CableEnd {
        A = "A",
        B = "B",
    }
}
