// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel,
    value::{Decimal, Timestamp},
};
use serde::Deserialize;

use crate::dcim::{CoolingConnectorType, DeviceType, DiameterUnit, FlowUnit, ModuleType};

/// A cooling intake that new devices or modules of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cooling-intake-templates")]
#[non_exhaustive]
pub struct CoolingIntakeTemplate {
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
    pub r#type: Option<CoolingConnectorType>,
    pub diameter: Option<Decimal>,
    pub diameter_unit: Option<DiameterUnit>,
    pub max_flow: Option<Decimal>,
    pub max_flow_unit: Option<FlowUnit>,
    pub description: String,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
