// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{core::SyncInterval, extras::Tag, users::Owner};

/// A place that files are copied from, such as a Git repository.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "core/data-sources")]
#[non_exhaustive]
pub struct DataSource {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub r#type: DataSourceType,
    pub source_url: String,
    pub enabled: bool,
    #[netbox(read_only)]
    pub status: DataSourceStatus,
    pub description: String,
    pub sync_interval: Option<SyncInterval>,
    pub parameters: Option<Value>,
    /// Patterns of files that are not copied, one a line.
    pub ignore_rules: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    /// From NetBox 4.7 on.
    #[fk]
    #[serde(default)]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    #[netbox(read_only)]
    pub last_synced: Option<Timestamp>,
    pub file_count: u64,
}

choice_set! {
    /// The values of [`DataSource::type`].
    pub enum DataSourceType {
        Local = "local",
        Git = "git",
        AmazonS3 = "amazon-s3",
    }
}

choice_set! {
    /// The values of [`DataSource::status`].
    pub enum DataSourceStatus {
        New = "new",
        Queued = "queued",
        Syncing = "syncing",
        Completed = "completed",
        Failed = "failed",
    }
}
