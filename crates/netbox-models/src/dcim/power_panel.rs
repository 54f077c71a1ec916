// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Location, Site},
    extras::Tag,
    users::Owner,
};

/// A source of power feeds.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/power-panels")]
#[non_exhaustive]
pub struct PowerPanel {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub location: Option<Fk<Location>>,
    pub name: String,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub powerfeed_count: u64,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
