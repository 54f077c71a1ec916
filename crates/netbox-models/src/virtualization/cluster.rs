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
    fk::GenericFk,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
    virtualization::{ClusterGroup, ClusterType},
};

/// Hosts on which virtual machines run.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "virtualization/clusters")]
#[non_exhaustive]
pub struct Cluster {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    #[fk]
    pub r#type: Fk<ClusterType>,
    #[fk]
    pub group: Option<Fk<ClusterGroup>>,
    pub status: ClusterStatus,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    /// The region, site group, site or location that it belongs to.
    pub scope: Option<GenericFk>,
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
    pub device_count: u64,
    pub virtualmachine_count: u64,
    /// The sum over its virtual machines.
    #[netbox(read_only)]
    pub allocated_vcpus: Option<Decimal>,
    /// The sum over its virtual machines, in megabytes.
    #[netbox(read_only)]
    pub allocated_memory: Option<u64>,
    /// The sum over its virtual machines, in megabytes.
    #[netbox(read_only)]
    pub allocated_disk: Option<u64>,
}

choice_set! {
    /// The values of [`Cluster::status`].
    pub enum ClusterStatus {
        Planned = "planned",
        Staging = "staging",
        Active = "active",
        Decommissioning = "decommissioning",
        Offline = "offline",
    }
}
