// Written by `cargo xtask codegen models`.
#![cfg(feature = "circuits")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `status` in `circuits/circuits` and `circuits/virtual-circuits`.
    pub enum CircuitStatus {
        Planned = "planned",
        Provisioning = "provisioning",
        Active = "active",
        Offline = "offline",
        Deprovisioning = "deprovisioning",
        Decommissioned = "decommissioned",
    }
}
