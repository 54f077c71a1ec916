// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;

use crate::dcim::{DeviceType, FeedLeg, ModuleType, PowerOutletType, PowerPortTemplate};

/// A power outlet that new devices or modules of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/power-outlet-templates")]
#[non_exhaustive]
pub struct PowerOutletTemplate {
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
    pub r#type: Option<PowerOutletType>,
    /// Six hexadecimal digits. From NetBox 4.5 on.
    pub color: Option<String>,
    #[fk]
    pub power_port: Option<Fk<PowerPortTemplate>>,
    /// The phase.
    pub feed_leg: Option<FeedLeg>,
    pub description: String,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
