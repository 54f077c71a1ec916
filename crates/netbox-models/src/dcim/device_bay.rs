// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{dcim::Device, extras::Tag, users::Owner};

/// A place in a device for another device.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device-bays")]
#[non_exhaustive]
pub struct DeviceBay {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub device: Fk<Device>,
    pub name: String,
    /// The text printed on it.
    pub label: String,
    /// From NetBox 4.6 on.
    pub enabled: Option<bool>,
    pub description: String,
    #[fk]
    pub installed_device: Option<Fk<Device>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    /// Whether there is a device in it. From NetBox 4.6 on.
    #[serde(rename = "_occupied")]
    pub occupied: Option<bool>,
}
