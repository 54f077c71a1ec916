// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "tenancy",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]

use netbox_core::{NetboxModel, value::Timestamp};
use serde::Deserialize;

/// A word that is attached to objects.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
#[non_exhaustive]
pub struct Tag {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    /// Six hexadecimal digits.
    pub color: String,
    pub description: String,
    /// Lighter ones come first in lists.
    pub weight: u32,
    pub object_types: Vec<String>,
    #[netbox(read_only)]
    pub tagged_items: u64,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
