// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel,
    value::{Decimal, Timestamp},
};
use serde::Deserialize;

use crate::dcim::{CoolingConnectorType, CoolingIntakeTemplate, DeviceType, DiameterUnit, ModuleType};

/// A cooling outflow that new devices or modules of a type get.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cooling-outflow-templates")]
#[non_exhaustive]
pub struct CoolingOutflowTemplate {
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
    #[fk]
    pub cooling_intake: Option<Fk<CoolingIntakeTemplate>>,
    pub description: String,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
