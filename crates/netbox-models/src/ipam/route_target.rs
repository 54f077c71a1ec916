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

use crate::{extras::Tag, tenancy::Tenant, users::Owner};

/// An extended community by which VRFs exchange routes.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/route-targets")]
#[non_exhaustive]
pub struct RouteTarget {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
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
}
