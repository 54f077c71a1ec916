// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::Manufacturer,
    extras::{ConfigTemplate, Tag},
    users::Owner,
};

/// The software that runs on devices and virtual machines, such as an operating system.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/platforms")]
#[non_exhaustive]
pub struct Platform {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    /// From NetBox 4.4 on.
    #[fk]
    pub parent: Option<Fk<Platform>>,
    pub name: String,
    pub slug: String,
    #[fk]
    pub manufacturer: Option<Fk<Manufacturer>>,
    #[fk]
    pub config_template: Option<Fk<ConfigTemplate>>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    /// From NetBox 4.4 on.
    pub comments: Option<String>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub device_count: u64,
    pub virtualmachine_count: u64,
    /// How many objects this one is below. From NetBox 4.4 on.
    #[serde(rename = "_depth")]
    pub depth: Option<u32>,
}
