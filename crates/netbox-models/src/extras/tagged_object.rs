// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, fk::GenericFk};
use serde::Deserialize;

use crate::extras::Tag;

/// A tag on an object.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tagged-objects", object_type = "extras.taggeditem")]
#[non_exhaustive]
pub struct TaggedObject {
    pub id: u64,
    pub url: String,
    pub display: String,
    #[netbox(read_only)]
    pub object_type: String,
    #[netbox(read_only)]
    pub object_id: u64,
    #[netbox(read_only)]
    pub object: Option<GenericFk>,
    #[fk]
    #[netbox(read_only)]
    pub tag: Fk<Tag>,
}
