// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::Timestamp};
use serde::Deserialize;

use crate::{extras::EventType, users::User};

/// A message to a user about an object.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/notifications")]
#[non_exhaustive]
pub struct Notification {
    pub id: u64,
    pub url: String,
    pub display: String,
    pub object_type: String,
    pub object_id: u64,
    /// None if the object is gone.
    pub object: Option<GenericFk>,
    #[fk]
    pub user: Fk<User>,
    pub created: Timestamp,
    pub read: Option<Timestamp>,
    pub event_type: EventType,
}
