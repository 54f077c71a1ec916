// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, users::Owner};

/// Wireless LANs that belong together.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "wireless/wireless-lan-groups")]
#[non_exhaustive]
pub struct WirelessLanGroup {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    #[fk]
    pub parent: Option<Fk<WirelessLanGroup>>,
    pub description: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub wirelesslan_count: u64,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    /// How many objects this one is below.
    #[serde(rename = "_depth")]
    pub depth: u32,
}
