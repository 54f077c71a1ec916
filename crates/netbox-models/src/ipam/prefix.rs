// Written by `cargo xtask codegen models`.
#![cfg(feature = "ipam")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, IpPrefix, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    ipam::{AddressFamily, Role, Vlan, Vrf},
    tenancy::Tenant,
    users::Owner,
};

/// An IP network.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
#[non_exhaustive]
pub struct Prefix {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[netbox(read_only)]
    pub family: AddressFamily,
    pub prefix: IpPrefix,
    #[fk]
    pub vrf: Option<Fk<Vrf>>,
    /// The region, site group, site or location that it belongs to.
    pub scope: Option<GenericFk>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    #[fk]
    pub vlan: Option<Fk<Vlan>>,
    pub status: PrefixStatus,
    #[fk]
    pub role: Option<Fk<Role>>,
    /// Whether the first and the last address can be used as well.
    pub is_pool: bool,
    /// Whether it counts as full, whatever it holds.
    pub mark_utilized: bool,
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
    /// How many prefixes are in this one.
    #[netbox(read_only)]
    pub children: u64,
    /// How many prefixes this one is in.
    #[serde(rename = "_depth")]
    #[netbox(filter = "depth")]
    pub depth: u32,
}

choice_set! {
    /// The values of [`Prefix::status`].
    pub enum PrefixStatus {
        Container = "container",
        Active = "active",
        Reserved = "reserved",
        Deprecated = "deprecated",
    }
}
