// Written by `cargo xtask codegen models`.
#![cfg(feature = "vpn")]

use netbox_core::choice_set;

choice_set! {
    /// The values of `authentication_algorithm` in `vpn/ike-proposals` and `vpn/ipsec-proposals`.
    pub enum AuthenticationAlgorithm {
        HmacSha1 = "hmac-sha1",
        HmacSha256 = "hmac-sha256",
        HmacSha384 = "hmac-sha384",
        HmacSha512 = "hmac-sha512",
        HmacMd5 = "hmac-md5",
    }
}
