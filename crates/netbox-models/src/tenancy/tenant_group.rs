// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "tenancy",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, users::Owner};

/// Tenants that belong together.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenant-groups")]
#[non_exhaustive]
pub struct TenantGroup {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    #[fk]
    pub parent: Option<Fk<TenantGroup>>,
    pub description: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub tenant_count: u64,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    /// How many objects this one is below.
    #[serde(rename = "_depth")]
    pub depth: u32,
}
