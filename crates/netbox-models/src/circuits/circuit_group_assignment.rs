// Written by `cargo xtask codegen models`.
#![cfg(feature = "circuits")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{circuits::CircuitGroup, extras::Tag};

/// A circuit in a group, and its rank there.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/circuit-group-assignments")]
#[non_exhaustive]
pub struct CircuitGroupAssignment {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub group: Fk<CircuitGroup>,
    pub member: Option<GenericFk>,
    pub priority: Option<CircuitGroupAssignmentPriority>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    /// From NetBox 4.7 on.
    #[serde(default)]
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`CircuitGroupAssignment::priority`].
    pub enum CircuitGroupAssignmentPriority {
        Primary = "primary",
        Secondary = "secondary",
        Tertiary = "tertiary",
        Inactive = "inactive",
    }
}
