// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;
use serde_json::Value;

use crate::core::Job;

/// A custom script that NetBox can run.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/scripts")]
#[non_exhaustive]
pub struct Script {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    /// The id of the file that it is in, which has no endpoint.
    #[netbox(read_only)]
    pub module: u64,
    #[netbox(read_only)]
    pub name: String,
    #[netbox(read_only)]
    pub description: Option<String>,
    #[netbox(read_only)]
    pub vars: Option<Value>,
    /// The result of the last run; none if there was no run.
    #[fk]
    #[serde(deserialize_with = "Fk::or_none")]
    #[netbox(read_only)]
    pub result: Option<Fk<Job>>,
    pub display: String,
    #[netbox(read_only)]
    pub is_executable: bool,
}
