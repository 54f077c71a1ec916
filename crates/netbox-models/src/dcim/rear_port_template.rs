// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::{Deserialize, Serialize};

use crate::dcim::{DeviceType, FrontPortTemplate, ModuleType, PortType};

/// A rear port that new devices or modules of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rear-port-templates")]
#[non_exhaustive]
pub struct RearPortTemplate {
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
    /// How many fibres or pairs it has, each of which leads elsewhere.
    pub positions: u32,
    /// Which front port each position leads to. From NetBox 4.5 on.
    #[serde(default)]
    pub front_ports: Vec<RearPortTemplateMapping>,
    pub description: String,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

/// Where a position of a rear port will lead to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RearPortTemplateMapping {
    pub position: u32,
    pub front_port: Fk<FrontPortTemplate>,
    pub front_port_position: Option<u32>,
}
