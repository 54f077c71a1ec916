// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{CoolingConnectorType, CoolingOutflow, Device, DiameterUnit, FlowUnit, Module},
    extras::Tag,
    users::Owner,
};

/// A port by which coolant enters a device.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cooling-intakes")]
#[non_exhaustive]
pub struct CoolingIntake {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub device: Fk<Device>,
    #[fk]
    pub module: Option<Fk<Module>>,
    pub name: String,
    /// The text printed on it.
    pub label: String,
    pub r#type: Option<CoolingConnectorType>,
    pub diameter: Option<Decimal>,
    pub diameter_unit: Option<DiameterUnit>,
    pub max_flow: Option<Decimal>,
    pub max_flow_unit: Option<FlowUnit>,
    #[fk]
    pub cooling_outflow: Option<Fk<CoolingOutflow>>,
    pub description: String,
    /// The users and groups who are responsible for it.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
