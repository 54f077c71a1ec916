// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Date, Decimal, Timestamp},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    dcim::{CoolingMethod, Manufacturer, ModuleBayType, ModuleTypeProfile, WeightUnit},
    extras::Tag,
    users::Owner,
};

/// A model of modules, of some manufacturer.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/module-types")]
#[non_exhaustive]
pub struct ModuleType {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub profile: Option<Fk<ModuleTypeProfile>>,
    #[fk]
    pub manufacturer: Fk<Manufacturer>,
    pub model: String,
    /// The manufacturer's name for it.
    pub part_number: String,
    pub airflow: Option<ModuleTypeAirflow>,
    /// From NetBox 4.7 on.
    pub cooling_method: Option<CoolingMethod>,
    /// In the unit of `weight_unit`.
    pub weight: Option<Decimal>,
    pub weight_unit: Option<WeightUnit>,
    /// From NetBox 4.7 on.
    pub end_of_life: Option<Date>,
    pub description: String,
    pub attributes: Option<Value>,
    /// From NetBox 4.7 on.
    #[fk]
    #[serde(default)]
    pub module_bay_types: Vec<Fk<ModuleBayType>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    /// From NetBox 4.5 on.
    pub module_count: Option<u64>,
    /// From NetBox 4.6 on.
    pub console_port_template_count: Option<u64>,
    /// From NetBox 4.6 on.
    pub console_server_port_template_count: Option<u64>,
    /// From NetBox 4.6 on.
    pub power_port_template_count: Option<u64>,
    /// From NetBox 4.6 on.
    pub power_outlet_template_count: Option<u64>,
    /// From NetBox 4.7 on.
    pub cooling_intake_template_count: Option<u64>,
    /// From NetBox 4.7 on.
    pub cooling_outflow_template_count: Option<u64>,
    /// From NetBox 4.6 on.
    pub interface_template_count: Option<u64>,
    /// From NetBox 4.6 on.
    pub front_port_template_count: Option<u64>,
    /// From NetBox 4.6 on.
    pub rear_port_template_count: Option<u64>,
    /// From NetBox 4.6 on.
    pub module_bay_template_count: Option<u64>,
}

choice_set! {
    /// The values of [`ModuleType::airflow`].
    pub enum ModuleTypeAirflow {
        FrontToRear = "front-to-rear",
        RearToFront = "rear-to-front",
        LeftToRight = "left-to-right",
        RightToLeft = "right-to-left",
        SideToRear = "side-to-rear",
        Passive = "passive",
    }
}
