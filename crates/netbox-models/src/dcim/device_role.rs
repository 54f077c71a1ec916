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
    extras::{ConfigTemplate, Tag},
    users::Owner,
};

/// The function of a device or virtual machine, such as access switch.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device-roles")]
#[non_exhaustive]
pub struct DeviceRole {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    /// Six hexadecimal digits.
    pub color: String,
    /// Whether virtual machines can have it too.
    pub vm_role: bool,
    #[fk]
    pub config_template: Option<Fk<ConfigTemplate>>,
    #[fk]
    pub parent: Option<Fk<DeviceRole>>,
    pub description: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub device_count: u64,
    pub virtualmachine_count: u64,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    /// How many objects this one is below.
    #[serde(rename = "_depth")]
    pub depth: u32,
}
