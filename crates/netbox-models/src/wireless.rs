//! Wireless LANs and links.
// Written by `cargo xtask codegen models`.

mod wireless_auth_cipher;
mod wireless_auth_type;
mod wireless_lan;
mod wireless_lan_group;
mod wireless_link;

#[cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]
pub use self::{
    wireless_auth_cipher::WirelessAuthCipher,
    wireless_auth_type::WirelessAuthType,
    wireless_lan::{WirelessLan, WirelessLanStatus},
    wireless_lan_group::WirelessLanGroup,
    wireless_link::WirelessLink,
};
