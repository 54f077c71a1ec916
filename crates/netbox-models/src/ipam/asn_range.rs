// Written by `cargo xtask codegen models`.
#![cfg(feature = "ipam")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, ipam::Rir, tenancy::Tenant, users::Owner};

/// Autonomous system numbers to be given out.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/asn-ranges")]
#[non_exhaustive]
pub struct AsnRange {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    #[fk]
    pub rir: Fk<Rir>,
    /// The first number.
    pub start: u32,
    /// The last number.
    pub end: u32,
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
}
