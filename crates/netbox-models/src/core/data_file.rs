// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "core",
    feature = "dcim",
    feature = "extras",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::{Fk, NetboxModel, value::Timestamp};
use serde::Deserialize;

use crate::core::DataSource;

/// A file of a data source, as it was when that was last synchronised.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "core/data-files")]
#[non_exhaustive]
pub struct DataFile {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    #[netbox(read_only)]
    pub source: Fk<DataSource>,
    #[netbox(read_only)]
    pub path: String,
    pub last_updated: Timestamp,
    /// In bytes.
    #[netbox(read_only)]
    pub size: u64,
    #[netbox(read_only)]
    pub hash: String,
}
