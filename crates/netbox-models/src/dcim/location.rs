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
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{dcim::Site, extras::Tag, tenancy::Tenant, users::Owner};

/// A part of a site, such as a floor or a room.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/locations")]
#[non_exhaustive]
pub struct Location {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub parent: Option<Fk<Location>>,
    pub status: LocationStatus,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    /// The facility operator's name for it.
    pub facility: String,
    pub description: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub rack_count: u64,
    pub device_count: u64,
    pub prefix_count: u64,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    /// How many objects this one is below.
    #[serde(rename = "_depth")]
    pub depth: u32,
}

choice_set! {
    /// The values of [`Location::status`].
    pub enum LocationStatus {
        Planned = "planned",
        Staging = "staging",
        Active = "active",
        Decommissioning = "decommissioning",
        Retired = "retired",
    }
}
