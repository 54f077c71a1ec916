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

use crate::users::{Group, OwnerGroup, User};

/// Users and groups who are responsible for objects.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "users/owners")]
#[non_exhaustive]
pub struct Owner {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    #[fk]
    pub group: Option<Fk<OwnerGroup>>,
    pub description: String,
    #[fk]
    pub user_groups: Vec<Fk<Group>>,
    #[fk]
    pub users: Vec<Fk<User>>,
}
