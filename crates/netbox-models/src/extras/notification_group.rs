// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

use crate::users::{Group, User};

/// Users who are notified together.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/notification-groups")]
#[non_exhaustive]
pub struct NotificationGroup {
    pub id: u64,
    pub url: String,
    pub display: String,
    pub display_url: String,
    pub name: String,
    pub description: String,
    #[fk]
    pub groups: Vec<Fk<Group>>,
    #[fk]
    pub users: Vec<Fk<User>>,
}
