// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    ipam::Vlan,
    tenancy::Tenant,
    users::Owner,
    wireless::{WirelessAuthCipher, WirelessAuthType, WirelessLanGroup},
};

/// A wireless network.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "wireless/wireless-lans")]
#[non_exhaustive]
pub struct WirelessLan {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub ssid: String,
    pub description: String,
    #[fk]
    pub group: Option<Fk<WirelessLanGroup>>,
    pub status: WirelessLanStatus,
    #[fk]
    pub vlan: Option<Fk<Vlan>>,
    /// The region, site group, site or location that it belongs to.
    pub scope: Option<GenericFk>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub auth_type: Option<WirelessAuthType>,
    pub auth_cipher: Option<WirelessAuthCipher>,
    /// The shared key.
    pub auth_psk: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`WirelessLan::status`].
    pub enum WirelessLanStatus {
        Active = "active",
        Reserved = "reserved",
        Disabled = "disabled",
        Deprecated = "deprecated",
    }
}
