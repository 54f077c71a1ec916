// Written by `cargo xtask codegen models`.
#![cfg(feature = "ipam")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `protocol` in `ipam/services` and `ipam/service-templates`.
    pub enum ServiceProtocol {
        Tcp = "tcp",
        Udp = "udp",
        Sctp = "sctp",
    }
}
