// Written by `cargo xtask codegen models`.
#![cfg(feature = "ipam")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, IpPrefix, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    ipam::{AddressFamily, Role, Vrf},
    tenancy::Tenant,
    users::Owner,
};

/// IP addresses from one to another.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/ip-ranges")]
#[non_exhaustive]
pub struct IpRange {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[netbox(read_only)]
    pub family: AddressFamily,
    pub start_address: IpPrefix,
    pub end_address: IpPrefix,
    /// How many addresses there are.
    #[netbox(read_only)]
    pub size: u64,
    #[fk]
    pub vrf: Option<Fk<Vrf>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub status: IpRangeStatus,
    #[fk]
    pub role: Option<Fk<Role>>,
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
    /// Whether NetBox treats all its addresses as existing: none can be created in it.
    pub mark_populated: bool,
    /// Whether it counts as full, whatever it holds.
    pub mark_utilized: bool,
}

choice_set! {
    /// The values of [`IpRange::status`].
    pub enum IpRangeStatus {
        Active = "active",
        Reserved = "reserved",
        Deprecated = "deprecated",
    }
}
