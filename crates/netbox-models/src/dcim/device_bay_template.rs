// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;

use crate::dcim::DeviceType;

/// A device bay that new devices of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device-bay-templates")]
#[non_exhaustive]
pub struct DeviceBayTemplate {
    pub id: u64,
    pub url: String,
    pub display: String,
    #[fk]
    pub device_type: Fk<DeviceType>,
    pub name: String,
    /// The text printed on it.
    pub label: String,
    /// From NetBox 4.6 on.
    pub enabled: Option<bool>,
    pub description: String,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
