// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "ipam",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `family` in `ipam/aggregates`, `ipam/ip-addresses`, `ipam/ip-ranges` and
    /// `ipam/prefixes`.
    pub enum AddressFamily: i64 {
        Ipv4 = 4,
        Ipv6 = 6,
    }
}
