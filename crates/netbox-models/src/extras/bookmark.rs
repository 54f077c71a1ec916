// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::Timestamp};
use serde::Deserialize;

use crate::users::User;

/// An object that a user keeps at hand.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/bookmarks")]
#[non_exhaustive]
pub struct Bookmark {
    pub id: u64,
    pub url: String,
    pub display: String,
    pub object: Option<GenericFk>,
    #[fk]
    pub user: Fk<User>,
    pub created: Timestamp,
}
