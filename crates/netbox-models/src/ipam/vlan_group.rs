// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "ipam",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, tenancy::Tenant, users::Owner};

/// VLANs whose ids and names are unique among them.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlan-groups")]
#[non_exhaustive]
pub struct VlanGroup {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    /// Where its VLANs can be used.
    pub scope: Option<GenericFk>,
    /// The first and the last id of each range, both included.
    pub vid_ranges: Vec<(u16, u16)>,
    /// How many VLANs it can have. From NetBox 4.6 on.
    #[netbox(read_only)]
    pub total_vlan_ids: Option<u64>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    /// From NetBox 4.5 on.
    pub comments: Option<String>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub vlan_count: u64,
    /// In per cent.
    #[netbox(read_only)]
    pub utilization: String,
}
