// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{CoolingCapability, Manufacturer, OuterUnit, RackFormFactor, RackWidth, WeightUnit},
    extras::Tag,
    users::Owner,
};

/// A model of racks, of some manufacturer.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rack-types")]
#[non_exhaustive]
pub struct RackType {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub manufacturer: Fk<Manufacturer>,
    pub model: String,
    pub slug: String,
    pub description: String,
    pub form_factor: Option<RackFormFactor>,
    pub width: RackWidth,
    /// In rack units.
    pub u_height: u16,
    /// The number of the lowest unit.
    pub starting_unit: u16,
    /// Whether units are counted from the top.
    pub desc_units: bool,
    /// In the unit of `outer_unit`.
    pub outer_width: Option<u32>,
    /// In the unit of `outer_unit`.
    pub outer_height: Option<u32>,
    /// In the unit of `outer_unit`.
    pub outer_depth: Option<u32>,
    pub outer_unit: Option<OuterUnit>,
    /// In the unit of `weight_unit`.
    pub weight: Option<Decimal>,
    /// In the unit of `weight_unit`.
    pub max_weight: Option<u32>,
    pub weight_unit: Option<WeightUnit>,
    /// In millimetres.
    pub mounting_depth: Option<u32>,
    /// From NetBox 4.7 on.
    pub cooling_capability: Option<CoolingCapability>,
    /// From NetBox 4.7 on.
    pub cooling_capacity: Option<Decimal>,
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
    pub rack_count: Option<u64>,
}
