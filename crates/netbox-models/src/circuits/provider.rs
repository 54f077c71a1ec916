// Written by `cargo xtask codegen models`.
#![cfg(feature = "circuits")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{circuits::ProviderAccount, extras::Tag, ipam::Asn, users::Owner};

/// A company that provides circuits.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/providers")]
#[non_exhaustive]
pub struct Provider {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    #[fk]
    pub accounts: Vec<Fk<ProviderAccount>>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub asns: Vec<Fk<Asn>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub circuit_count: u64,
}
