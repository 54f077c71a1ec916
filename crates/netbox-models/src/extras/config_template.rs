// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    core::{DataFile, DataSource},
    extras::Tag,
    users::Owner,
};

/// A Jinja template for configurations.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/config-templates")]
#[non_exhaustive]
pub struct ConfigTemplate {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    pub environment_params: Option<Value>,
    pub template_code: String,
    pub mime_type: String,
    pub file_name: String,
    pub file_extension: String,
    pub as_attachment: bool,
    /// From NetBox 4.6 on.
    pub debug: Option<bool>,
    #[fk]
    pub data_source: Option<Fk<DataSource>>,
    #[netbox(read_only)]
    pub data_path: String,
    #[fk]
    pub data_file: Option<Fk<DataFile>>,
    /// From NetBox 4.4 on.
    pub auto_sync_enabled: Option<bool>,
    #[netbox(read_only)]
    pub data_synced: Option<Timestamp>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
