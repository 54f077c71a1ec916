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
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, ipam::VlanTranslationRule, users::Owner};

/// Rules by which an interface translates VLAN ids.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlan-translation-policies")]
#[non_exhaustive]
pub struct VlanTranslationPolicy {
    pub id: u64,
    pub url: String,
    /// From NetBox 4.7 on.
    pub display_url: Option<String>,
    pub display: String,
    pub name: String,
    pub description: String,
    #[fk]
    #[netbox(read_only)]
    pub rules: Vec<Fk<VlanTranslationRule>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    /// From NetBox 4.5 on.
    pub comments: Option<String>,
    /// From NetBox 4.7 on.
    #[fk]
    #[serde(default)]
    pub tags: Vec<Fk<Tag>>,
    /// From NetBox 4.7 on.
    #[serde(default)]
    pub custom_fields: CustomFields,
    /// From NetBox 4.7 on.
    pub created: Option<Timestamp>,
    /// From NetBox 4.7 on.
    pub last_updated: Option<Timestamp>,
}
