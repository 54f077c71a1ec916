// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, users::Owner};

/// An HTTP request that NetBox sends when an event rule says so.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/webhooks")]
#[non_exhaustive]
pub struct Webhook {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    /// A Jinja template.
    pub payload_url: String,
    pub http_method: WebhookHttpMethod,
    pub http_content_type: String,
    /// A Jinja template for lines of the form `Name: value`.
    pub additional_headers: String,
    /// A Jinja template; empty, the body is NetBox's own.
    pub body_template: String,
    pub secret: String,
    pub ssl_verification: bool,
    pub ca_file_path: Option<String>,
    /// From NetBox 4.7 on.
    pub timeout: Option<u32>,
    pub custom_fields: CustomFields,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`Webhook::http_method`].
    pub enum WebhookHttpMethod {
        Get = "GET",
        Post = "POST",
        Put = "PUT",
        Patch = "PATCH",
        Delete = "DELETE",
    }
}
