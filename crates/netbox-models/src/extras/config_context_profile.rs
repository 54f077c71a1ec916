// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    core::{DataFile, DataSource},
    extras::Tag,
    users::Owner,
};

/// A schema for the data of config contexts.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/config-context-profiles")]
#[non_exhaustive]
pub struct ConfigContextProfile {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    pub schema: Option<Value>,
    pub tags: Vec<TagKey>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub data_source: Option<Fk<DataSource>>,
    #[netbox(read_only)]
    pub data_path: String,
    #[fk]
    pub data_file: Option<Fk<DataFile>>,
    #[netbox(read_only)]
    pub data_synced: Option<Timestamp>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

/// A tag of a profile: NetBox 4.4 has its slug, and later ones refer to it as elsewhere.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum TagKey {
    Key(Fk<Tag>),
    Slug(String),
}
