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

use crate::{extras::Tag, ipam::VlanTranslationPolicy};

/// A VLAN id and its translation.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlan-translation-rules")]
#[non_exhaustive]
pub struct VlanTranslationRule {
    pub id: u64,
    pub url: String,
    /// From NetBox 4.7 on.
    pub display_url: Option<String>,
    pub display: String,
    #[fk]
    pub policy: Fk<VlanTranslationPolicy>,
    pub local_vid: u16,
    pub remote_vid: u16,
    pub description: String,
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
