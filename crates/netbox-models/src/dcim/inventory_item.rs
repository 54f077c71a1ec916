// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Device, InventoryItemRole, Manufacturer},
    extras::Tag,
    users::Owner,
};

/// A part of a device, such as a power supply.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/inventory-items")]
#[non_exhaustive]
pub struct InventoryItem {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub device: Fk<Device>,
    #[fk]
    pub parent: Option<Fk<InventoryItem>>,
    pub name: String,
    /// The text printed on it.
    pub label: String,
    pub status: InventoryItemStatus,
    #[fk]
    pub role: Option<Fk<InventoryItemRole>>,
    #[fk]
    pub manufacturer: Option<Fk<Manufacturer>>,
    pub part_id: String,
    pub serial: String,
    /// Its inventory number.
    pub asset_tag: Option<String>,
    /// Whether it was found by a program.
    pub discovered: bool,
    pub description: String,
    pub component: Option<GenericFk>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    /// How many objects this one is below.
    #[serde(rename = "_depth")]
    pub depth: u32,
}

choice_set! {
    /// The values of [`InventoryItem::status`].
    pub enum InventoryItemStatus {
        Offline = "offline",
        Active = "active",
        Planned = "planned",
        Staged = "staged",
        Failed = "failed",
        Decommissioning = "decommissioning",
    }
}
