// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;
use serde_json::Value;

use crate::users::{Owner, User};

/// Filters that were saved under a name.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/saved-filters")]
#[non_exhaustive]
pub struct SavedFilter {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub object_types: Vec<String>,
    pub name: String,
    pub slug: String,
    pub description: String,
    #[fk]
    pub user: Option<Fk<User>>,
    /// Lighter ones come first in lists.
    pub weight: u32,
    pub enabled: bool,
    /// Whether other users see it.
    pub shared: bool,
    pub parameters: Value,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
