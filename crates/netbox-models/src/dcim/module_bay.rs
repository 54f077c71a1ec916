// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Device, Module, ModuleBayType},
    extras::Tag,
    users::Owner,
};

/// A place in a device or module for a module.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/module-bays")]
#[non_exhaustive]
pub struct ModuleBay {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub device: Fk<Device>,
    #[fk]
    pub module: Option<Fk<Module>>,
    pub name: String,
    /// The text printed on it.
    pub label: String,
    pub position: String,
    /// From NetBox 4.6 on.
    pub enabled: Option<bool>,
    pub description: String,
    /// From NetBox 4.7 on.
    #[fk]
    #[serde(default)]
    pub module_bay_types: Vec<Fk<ModuleBayType>>,
    #[fk]
    pub installed_module: Option<Fk<Module>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    /// Whether there is a module in it. From NetBox 4.6 on.
    #[serde(rename = "_occupied")]
    pub occupied: Option<bool>,
    /// From NetBox 4.7 on.
    #[netbox(read_only)]
    pub is_module_compatible: Option<bool>,
}
