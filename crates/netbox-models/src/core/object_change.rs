// Written by `cargo xtask codegen models`.
#![cfg(feature = "core")]

use netbox_core::{Fk, NetboxModel, choice_set, fk::GenericFk, value::Timestamp};
use serde::Deserialize;
use serde_json::Value;

use crate::users::User;

/// An entry of the change log.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "core/object-changes")]
#[non_exhaustive]
pub struct ObjectChange {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[netbox(read_only)]
    pub time: Timestamp,
    #[fk]
    #[netbox(read_only)]
    pub user: Option<Fk<User>>,
    #[netbox(read_only)]
    pub user_name: String,
    #[netbox(read_only)]
    pub request_id: String,
    #[netbox(read_only)]
    pub action: ObjectChangeAction,
    #[netbox(read_only)]
    pub changed_object_type: String,
    #[netbox(read_only)]
    pub changed_object_id: u64,
    #[netbox(read_only)]
    pub changed_object: Option<GenericFk>,
    /// From NetBox 4.5 on.
    #[netbox(read_only)]
    pub object_repr: Option<String>,
    /// From NetBox 4.4 on.
    #[netbox(read_only)]
    pub message: Option<String>,
    #[netbox(read_only)]
    pub prechange_data: Option<Value>,
    #[netbox(read_only)]
    pub postchange_data: Option<Value>,
}

choice_set! {
    /// The values of [`ObjectChange::action`].
    pub enum ObjectChangeAction {
        Create = "create",
        Update = "update",
        Delete = "delete",
    }
}
