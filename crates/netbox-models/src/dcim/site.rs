// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Region, SiteGroup},
    extras::Tag,
    ipam::Asn,
    tenancy::Tenant,
    users::Owner,
};

/// A place, such as a data centre or an office.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[non_exhaustive]
pub struct Site {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    pub status: SiteStatus,
    #[fk]
    pub region: Option<Fk<Region>>,
    #[fk]
    pub group: Option<Fk<SiteGroup>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    /// The facility operator's name for it.
    pub facility: String,
    /// Such as `Europe/Berlin`.
    pub time_zone: Option<String>,
    pub description: String,
    pub physical_address: String,
    pub shipping_address: String,
    pub latitude: Option<Decimal>,
    pub longitude: Option<Decimal>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub asns: Vec<Fk<Asn>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub circuit_count: u64,
    pub device_count: u64,
    pub prefix_count: u64,
    pub rack_count: u64,
    pub virtualmachine_count: u64,
    pub vlan_count: u64,
}

choice_set! {
    /// The values of [`Site::status`].
    pub enum SiteStatus {
        Planned = "planned",
        Staging = "staging",
        Active = "active",
        Decommissioning = "decommissioning",
        Retired = "retired",
    }
}
