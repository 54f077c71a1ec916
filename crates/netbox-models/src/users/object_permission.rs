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
use serde_json::Value;

use crate::users::{Group, User};

/// The actions that users and groups may take on objects of some types.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "users/permissions")]
#[non_exhaustive]
pub struct ObjectPermission {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    pub enabled: bool,
    pub object_types: Vec<String>,
    pub actions: Vec<String>,
    pub constraints: Option<Value>,
    #[fk]
    pub groups: Vec<Fk<Group>>,
    #[fk]
    pub users: Vec<Fk<User>>,
}
