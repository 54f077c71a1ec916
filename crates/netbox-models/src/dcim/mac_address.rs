// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, users::Owner};

/// A MAC address, of an interface or of none.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/mac-addresses")]
#[non_exhaustive]
pub struct MacAddress {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub mac_address: String,
    pub assigned_object: Option<GenericFk>,
    /// From NetBox 4.7 on.
    #[netbox(read_only)]
    pub is_primary: Option<bool>,
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
