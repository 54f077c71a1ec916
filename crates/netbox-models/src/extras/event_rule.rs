// Written by `cargo xtask codegen models`.
#![cfg(feature = "extras")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    extras::{EventType, Tag},
    users::Owner,
};

/// An action that NetBox takes when certain objects are created, changed or deleted, or jobs start or end.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/event-rules")]
#[non_exhaustive]
pub struct EventRule {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub object_types: Vec<String>,
    pub name: String,
    pub enabled: bool,
    /// When the rule applies.
    pub event_types: Vec<EventType>,
    /// The conditions that the object must meet for the rule to apply; none means that any object will do.
    pub conditions: Option<Value>,
    pub action_type: EventRuleActionType,
    pub action_object: Option<GenericFk>,
    /// From NetBox 4.7 on.
    #[netbox(read_only)]
    pub action_is_available: Option<bool>,
    pub description: String,
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
    /// The values of [`EventRule::action_type`].
    pub enum EventRuleActionType {
        Webhook = "webhook",
        Script = "script",
        Notification = "notification",
    }
}
