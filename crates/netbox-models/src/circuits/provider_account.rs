// Written by `cargo xtask codegen models`.
#![cfg(feature = "circuits")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{circuits::Provider, extras::Tag, users::Owner};

/// An account that we have with a provider.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/provider-accounts")]
#[non_exhaustive]
pub struct ProviderAccount {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub provider: Fk<Provider>,
    pub name: String,
    /// The provider's number of the account.
    pub account: String,
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
