// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;

use crate::users::User;

/// Columns and an order of a table that were saved under a name.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/table-configs")]
#[non_exhaustive]
pub struct TableConfig {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub object_type: String,
    pub table: String,
    pub name: String,
    pub description: String,
    #[fk]
    pub user: Option<Fk<User>>,
    /// Lighter ones come first in lists.
    pub weight: u32,
    pub enabled: bool,
    /// Whether other users see it.
    pub shared: bool,
    pub columns: Vec<String>,
    pub ordering: Option<Vec<String>>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
