// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `mode` in `dcim/interfaces` and `virtualization/interfaces`.
    pub enum InterfaceMode {
        Access = "access",
        Tagged = "tagged",
        TaggedAll = "tagged-all",
        QInQ = "q-in-q",
    }
}
