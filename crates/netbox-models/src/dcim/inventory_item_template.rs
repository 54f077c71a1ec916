// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::Timestamp};
use serde::Deserialize;

use crate::dcim::{DeviceType, InventoryItemRole, Manufacturer};

/// An inventory item that new devices of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/inventory-item-templates")]
#[non_exhaustive]
pub struct InventoryItemTemplate {
    pub id: u64,
    pub url: String,
    pub display: String,
    #[fk]
    pub device_type: Fk<DeviceType>,
    #[fk]
    pub parent: Option<Fk<InventoryItemTemplate>>,
    pub name: String,
    /// The text printed on it.
    pub label: String,
    #[fk]
    pub role: Option<Fk<InventoryItemRole>>,
    #[fk]
    pub manufacturer: Option<Fk<Manufacturer>>,
    pub part_id: String,
    pub description: String,
    pub component: Option<GenericFk>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    /// How many objects this one is below.
    #[serde(rename = "_depth")]
    pub depth: u32,
}
