// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::choice_set;

choice_set! {
    /// The values of `auth_cipher` in `wireless/wireless-lans` and `wireless/wireless-links`.
    pub enum WirelessAuthCipher {
        Auto = "auto",
        Tkip = "tkip",
        Aes = "aes",
    }
}
