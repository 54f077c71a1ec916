// Written by `cargo xtask codegen models`.
#![cfg(feature = "tenancy")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, tenancy::ContactGroup, users::Owner};

/// A person or a team that can be reached.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/contacts")]
#[non_exhaustive]
pub struct Contact {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub groups: Vec<Fk<ContactGroup>>,
    pub name: String,
    pub title: String,
    pub phone: String,
    pub email: String,
    pub address: String,
    pub link: String,
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
