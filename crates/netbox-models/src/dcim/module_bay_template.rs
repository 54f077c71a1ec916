// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;

use crate::dcim::{DeviceType, ModuleBayType, ModuleType};

/// A module bay that new devices or modules of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/module-bay-templates")]
#[non_exhaustive]
pub struct ModuleBayTemplate {
    pub id: u64,
    pub url: String,
    pub display: String,
    #[fk]
    pub device_type: Option<Fk<DeviceType>>,
    #[fk]
    pub module_type: Option<Fk<ModuleType>>,
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
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
