// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::Timestamp};
use serde::Deserialize;

use crate::users::User;

/// A user who is notified of changes of an object.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/subscriptions")]
#[non_exhaustive]
pub struct Subscription {
    pub id: u64,
    pub url: String,
    pub display: String,
    pub object: Option<GenericFk>,
    #[fk]
    pub user: Fk<User>,
    pub created: Timestamp,
}
