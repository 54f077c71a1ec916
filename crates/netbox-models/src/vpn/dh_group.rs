// Written by `cargo xtask codegen models`.
#![cfg(feature = "vpn")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `group` or `pfs_group` in `vpn/ike-proposals` and `vpn/ipsec-policies`.
    pub enum DhGroup: i64 {
        Group1 = 1,
        Group2 = 2,
        Group5 = 5,
        Group14 = 14,
        Group15 = 15,
        Group16 = 16,
        Group17 = 17,
        Group18 = 18,
        Group19 = 19,
        Group20 = 20,
        Group21 = 21,
        Group22 = 22,
        Group23 = 23,
        Group24 = 24,
        Group25 = 25,
        Group26 = 26,
        Group27 = 27,
        Group28 = 28,
        Group29 = 29,
        Group30 = 30,
        Group31 = 31,
        Group32 = 32,
        Group33 = 33,
        Group34 = 34,
    }
}
