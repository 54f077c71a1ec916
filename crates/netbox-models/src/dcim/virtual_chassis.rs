// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{dcim::Device, extras::Tag, users::Owner};

/// Devices that act as one, such as a stack.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/virtual-chassis")]
#[non_exhaustive]
pub struct VirtualChassis {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    /// The domain of the protocol by which its members act as one.
    pub domain: String,
    #[fk]
    pub master: Option<Fk<Device>>,
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
    pub member_count: u64,
    #[fk]
    #[netbox(read_only)]
    pub members: Vec<Fk<Device>>,
}
