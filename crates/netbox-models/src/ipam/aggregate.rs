// Written by `cargo xtask codegen models`.
#![cfg(feature = "ipam")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Date, IpPrefix, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    ipam::{AddressFamily, Rir},
    tenancy::Tenant,
    users::Owner,
};

/// Address space that a registry assigned.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/aggregates")]
#[non_exhaustive]
pub struct Aggregate {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[netbox(read_only)]
    pub family: AddressFamily,
    pub prefix: IpPrefix,
    #[fk]
    pub rir: Fk<Rir>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub date_added: Option<Date>,
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
