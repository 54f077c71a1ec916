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
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::Site,
    extras::Tag,
    ipam::{Rir, Role},
    tenancy::Tenant,
    users::Owner,
};

/// An autonomous system number.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/asns")]
#[non_exhaustive]
pub struct Asn {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    /// From 1 to 4,294,967,295.
    pub asn: u32,
    #[fk]
    pub rir: Option<Fk<Rir>>,
    /// From NetBox 4.6 on.
    #[fk]
    pub role: Option<Fk<Role>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
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
    pub site_count: u64,
    pub provider_count: u64,
    /// From NetBox 4.5 on.
    #[fk]
    #[serde(default)]
    pub sites: Vec<Fk<Site>>,
}
