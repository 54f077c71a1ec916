// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Location, Site},
    extras::Tag,
    users::Owner,
};

/// A source of cooling, such as a chiller.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cooling-sources")]
#[non_exhaustive]
pub struct CoolingSource {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub location: Option<Fk<Location>>,
    pub name: String,
    pub r#type: CoolingSourceType,
    pub status: CoolingSourceStatus,
    pub fluid_type: Option<CoolingSourceFluidType>,
    pub cooling_capacity: Option<Decimal>,
    pub description: String,
    /// The users and groups who are responsible for it.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub coolingfeed_count: u64,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`CoolingSource::type`].
    pub enum CoolingSourceType {
        Chiller = "chiller",
        CoolingTower = "cooling-tower",
        DryCooler = "dry-cooler",
        Crac = "crac",
        Crah = "crah",
    }
}

choice_set! {
    /// The values of [`CoolingSource::status`].
    pub enum CoolingSourceStatus {
        Offline = "offline",
        Active = "active",
        Planned = "planned",
        Failed = "failed",
    }
}

choice_set! {
    /// The values of [`CoolingSource::fluid_type`].
    pub enum CoolingSourceFluidType {
        Water = "water",
        WaterGlycol = "water-glycol",
        Dielectric = "dielectric",
        Refrigerant = "refrigerant",
    }
}
