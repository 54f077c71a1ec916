// Written by `cargo xtask codegen models`.
#![cfg(feature = "core")]

use netbox_core::NetboxModel;
use serde::Deserialize;

/// A type of objects that NetBox knows.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "core/object-types")]
#[non_exhaustive]
pub struct ObjectType {
    pub id: u64,
    pub url: String,
    pub display: String,
    #[netbox(read_only)]
    pub app_label: String,
    #[netbox(read_only)]
    pub app_name: String,
    #[netbox(read_only)]
    pub model: String,
    #[netbox(read_only)]
    pub model_name: String,
    #[netbox(read_only)]
    pub model_name_plural: String,
    #[netbox(read_only)]
    pub public: bool,
    #[netbox(read_only)]
    pub features: Vec<String>,
    #[netbox(read_only)]
    pub is_plugin_model: bool,
    #[netbox(read_only)]
    pub rest_api_endpoint: Option<String>,
    #[netbox(read_only)]
    pub description: String,
}
