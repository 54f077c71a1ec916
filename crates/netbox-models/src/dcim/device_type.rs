// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Date, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{CoolingMethod, DeviceAirflow, Manufacturer, Platform, WeightUnit},
    extras::Tag,
    users::Owner,
};

/// A model of devices, of some manufacturer.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device-types")]
#[non_exhaustive]
pub struct DeviceType {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub manufacturer: Fk<Manufacturer>,
    #[fk]
    pub default_platform: Option<Fk<Platform>>,
    pub model: String,
    pub slug: String,
    /// The manufacturer's name for it.
    pub part_number: String,
    /// In rack units.
    pub u_height: Decimal,
    pub exclude_from_utilization: bool,
    /// Whether it takes both sides of the rack.
    pub is_full_depth: bool,
    pub subdevice_role: Option<DeviceTypeSubdeviceRole>,
    pub airflow: Option<DeviceAirflow>,
    /// From NetBox 4.7 on.
    pub cooling_method: Option<CoolingMethod>,
    /// In the unit of `weight_unit`.
    pub weight: Option<Decimal>,
    pub weight_unit: Option<WeightUnit>,
    /// From NetBox 4.7 on.
    pub end_of_life: Option<Date>,
    pub front_image: Option<String>,
    pub rear_image: Option<String>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub device_count: u64,
    pub console_port_template_count: u64,
    pub console_server_port_template_count: u64,
    pub power_port_template_count: u64,
    pub power_outlet_template_count: u64,
    /// From NetBox 4.7 on.
    pub cooling_intake_template_count: Option<u64>,
    /// From NetBox 4.7 on.
    pub cooling_outflow_template_count: Option<u64>,
    pub interface_template_count: u64,
    pub front_port_template_count: u64,
    pub rear_port_template_count: u64,
    pub device_bay_template_count: u64,
    pub module_bay_template_count: u64,
    pub inventory_item_template_count: u64,
}

choice_set! {
    /// The values of [`DeviceType::subdevice_role`].
    pub enum DeviceTypeSubdeviceRole {
        Parent = "parent",
        Child = "child",
    }
}
