// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;

use crate::dcim::{ConsolePortType, DeviceType, ModuleType};

/// A console server port that new devices or modules of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/console-server-port-templates")]
#[non_exhaustive]
pub struct ConsoleServerPortTemplate {
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
    pub r#type: Option<ConsolePortType>,
    pub description: String,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
