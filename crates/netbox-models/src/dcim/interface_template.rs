// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;

use crate::dcim::{DeviceType, InterfaceType, ModuleType, PoeMode, PoeType, RfRole};

/// An interface that new devices or modules of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interface-templates")]
#[non_exhaustive]
pub struct InterfaceTemplate {
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
    pub r#type: InterfaceType,
    /// How many channels it can be split into. From NetBox 4.7 on.
    pub channels: Option<u32>,
    /// Which of the parent's channels it is. From NetBox 4.7 on.
    pub channel_id: Option<u32>,
    pub enabled: bool,
    /// Whether it only serves to manage the device.
    pub mgmt_only: bool,
    pub description: String,
    /// From NetBox 4.7 on.
    #[fk]
    pub parent: Option<Fk<InterfaceTemplate>>,
    #[fk]
    pub bridge: Option<Fk<InterfaceTemplate>>,
    pub poe_mode: Option<PoeMode>,
    pub poe_type: Option<PoeType>,
    pub rf_role: Option<RfRole>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
