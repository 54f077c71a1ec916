// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "ipam",
    feature = "tenancy",
    feature = "users",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]

use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

use crate::users::ObjectPermission;

/// Users who share permissions.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "users/groups")]
#[non_exhaustive]
pub struct Group {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    #[fk]
    pub permissions: Vec<Fk<ObjectPermission>>,
    pub user_count: u64,
}
