// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{
        CoolingCapability, Location, OuterUnit, RackFormFactor, RackGroup, RackRole, RackType, RackWidth,
        Site, WeightUnit,
    },
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
};

/// A rack, in whose units devices are mounted.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
#[non_exhaustive]
pub struct Rack {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub facility_id: Option<String>,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub location: Option<Fk<Location>>,
    /// From NetBox 4.6 on.
    #[fk]
    pub group: Option<Fk<RackGroup>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub status: RackStatus,
    #[fk]
    pub role: Option<Fk<RackRole>>,
    pub serial: String,
    /// Its inventory number.
    pub asset_tag: Option<String>,
    #[fk]
    pub rack_type: Option<Fk<RackType>>,
    pub form_factor: Option<RackFormFactor>,
    pub width: RackWidth,
    /// In rack units.
    pub u_height: u16,
    /// The number of the lowest unit.
    pub starting_unit: u16,
    /// In the unit of `weight_unit`.
    pub weight: Option<Decimal>,
    /// In the unit of `weight_unit`.
    pub max_weight: Option<u32>,
    pub weight_unit: Option<WeightUnit>,
    /// Whether units are counted from the top.
    pub desc_units: bool,
    /// In the unit of `outer_unit`.
    pub outer_width: Option<u32>,
    /// In the unit of `outer_unit`.
    pub outer_height: Option<u32>,
    /// In the unit of `outer_unit`.
    pub outer_depth: Option<u32>,
    pub outer_unit: Option<OuterUnit>,
    /// In millimetres.
    pub mounting_depth: Option<u32>,
    pub airflow: Option<RackAirflow>,
    /// From NetBox 4.7 on.
    pub cooling_capability: Option<CoolingCapability>,
    /// From NetBox 4.7 on.
    pub cooling_capacity: Option<Decimal>,
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
    pub powerfeed_count: u64,
}

choice_set! {
    /// The values of [`Rack::status`].
    pub enum RackStatus {
        Reserved = "reserved",
        Available = "available",
        Planned = "planned",
        Active = "active",
        Deprecated = "deprecated",
    }
}

choice_set! {
    /// The values of [`Rack::airflow`].
    pub enum RackAirflow {
        FrontToRear = "front-to-rear",
        RearToFront = "rear-to-front",
    }
}
