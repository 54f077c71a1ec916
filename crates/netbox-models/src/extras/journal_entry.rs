// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, users::User};

/// A note on an object.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/journal-entries")]
#[non_exhaustive]
pub struct JournalEntry {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub assigned_object: Option<GenericFk>,
    pub created: Option<Timestamp>,
    #[fk]
    pub created_by: Option<Fk<User>>,
    pub kind: JournalEntryKind,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`JournalEntry::kind`].
    pub enum JournalEntryKind {
        Info = "info",
        Success = "success",
        Warning = "warning",
        Danger = "danger",
    }
}
