// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::{Deserialize, Serialize};

use crate::dcim::{DeviceType, ModuleType, PortType, RearPortTemplate};

/// A front port that new devices or modules of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/front-port-templates")]
#[non_exhaustive]
pub struct FrontPortTemplate {
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
    pub r#type: PortType,
    /// Six hexadecimal digits.
    pub color: String,
    /// How many fibres or pairs it has, each of which leads elsewhere. From NetBox 4.5 on.
    pub positions: Option<u32>,
    /// Which rear port each position leads to. From NetBox 4.5 on.
    #[serde(default)]
    pub rear_ports: Vec<FrontPortTemplateMapping>,
    pub description: String,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    /// Up to NetBox 4.4.
    #[fk]
    pub rear_port: Option<Fk<RearPortTemplate>>,
    /// The position of the rear port. Up to NetBox 4.4.
    pub rear_port_position: Option<u32>,
}

/// Where a position of a front port will lead to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FrontPortTemplateMapping {
    pub position: u32,
    pub rear_port: Fk<RearPortTemplate>,
    pub rear_port_position: Option<u32>,
}
