// Written by `cargo xtask codegen models`.
#![cfg(feature = "vpn")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `encryption_algorithm` in `vpn/ike-proposals` and `vpn/ipsec-proposals`.
    pub enum EncryptionAlgorithm {
        Aes128Cbc = "aes-128-cbc",
        Aes128Gcm = "aes-128-gcm",
        Aes192Cbc = "aes-192-cbc",
        Aes192Gcm = "aes-192-gcm",
        Aes256Cbc = "aes-256-cbc",
        Aes256Gcm = "aes-256-gcm",
        TripleDesCbc = "3des-cbc",
        DesCbc = "des-cbc",
    }
}
