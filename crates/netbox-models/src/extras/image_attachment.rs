// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{NetboxModel, fk::GenericFk, value::Timestamp};
use serde::Deserialize;

/// An image of an object.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/image-attachments")]
#[non_exhaustive]
pub struct ImageAttachment {
    pub id: u64,
    pub url: String,
    pub display: String,
    #[netbox(write = "object")]
    pub parent: Option<GenericFk>,
    pub name: String,
    pub image: String,
    /// From NetBox 4.4 on.
    pub description: Option<String>,
    #[netbox(read_only)]
    pub image_height: u32,
    #[netbox(read_only)]
    pub image_width: u32,
    /// In bytes. From NetBox 4.6 on.
    #[netbox(read_only)]
    pub image_size: Option<u64>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
