// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    circuits::DistanceUnit,
    dcim::{Interface, LinkStatus},
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
    wireless::{WirelessAuthCipher, WirelessAuthType},
};

/// A wireless connection of two interfaces.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "wireless/wireless-links")]
#[non_exhaustive]
pub struct WirelessLink {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub interface_a: Fk<Interface>,
    #[fk]
    pub interface_b: Fk<Interface>,
    pub ssid: String,
    pub status: LinkStatus,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub auth_type: Option<WirelessAuthType>,
    pub auth_cipher: Option<WirelessAuthCipher>,
    /// The shared key.
    pub auth_psk: String,
    /// In the unit of `distance_unit`.
    pub distance: Option<Decimal>,
    pub distance_unit: Option<DistanceUnit>,
    pub description: String,
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
