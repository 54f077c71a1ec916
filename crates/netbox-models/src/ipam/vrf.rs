// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "ipam",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, ipam::RouteTarget, tenancy::Tenant, users::Owner};

/// A routing table of its own.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vrfs")]
#[non_exhaustive]
pub struct Vrf {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    /// The route distinguisher.
    pub rd: Option<String>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub enforce_unique: bool,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub import_targets: Vec<Fk<RouteTarget>>,
    #[fk]
    pub export_targets: Vec<Fk<RouteTarget>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub ipaddress_count: u64,
    pub prefix_count: u64,
}
