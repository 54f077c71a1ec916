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

use crate::{extras::Tag, tenancy::TenantGroup, users::Owner};

/// A user of the documented objects, such as a customer or a department.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenants")]
#[non_exhaustive]
pub struct Tenant {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    #[fk]
    pub group: Option<Fk<TenantGroup>>,
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
    pub circuit_count: u64,
    pub device_count: u64,
    pub ipaddress_count: u64,
    pub prefix_count: u64,
    pub rack_count: u64,
    pub site_count: u64,
    pub virtualmachine_count: u64,
    pub vlan_count: u64,
    pub vrf_count: u64,
    pub cluster_count: u64,
}
