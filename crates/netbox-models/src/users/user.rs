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

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;

use crate::users::{Group, ObjectPermission};

/// A user who may log in.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "users/users")]
#[non_exhaustive]
pub struct User {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub username: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub is_active: bool,
    pub date_joined: Timestamp,
    pub last_login: Option<Timestamp>,
    #[fk]
    pub groups: Vec<Fk<Group>>,
    #[fk]
    pub permissions: Vec<Fk<ObjectPermission>>,
    /// Up to NetBox 4.4.
    pub is_staff: Option<bool>,
}
