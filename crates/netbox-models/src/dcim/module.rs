// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Device, ModuleBay, ModuleType},
    extras::Tag,
    users::Owner,
};

/// A piece of hardware in a module bay, such as a line card.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/modules")]
#[non_exhaustive]
pub struct Module {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub device: Fk<Device>,
    #[fk]
    pub module_bay: Fk<ModuleBay>,
    #[fk]
    pub module_type: Fk<ModuleType>,
    pub status: ModuleStatus,
    pub serial: String,
    /// Its inventory number.
    pub asset_tag: Option<String>,
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
    /// From NetBox 4.7 on.
    #[netbox(read_only)]
    pub is_bay_compatible: Option<bool>,
}

choice_set! {
    /// The values of [`Module::status`].
    pub enum ModuleStatus {
        Offline = "offline",
        Active = "active",
        Planned = "planned",
        Staged = "staged",
        Failed = "failed",
        Decommissioning = "decommissioning",
    }
}
