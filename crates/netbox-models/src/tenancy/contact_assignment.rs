// Written by `cargo xtask codegen models`.
#![cfg(feature = "tenancy")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    tenancy::{Contact, ContactRole},
};

/// A contact for an object, with a role.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/contact-assignments")]
#[non_exhaustive]
pub struct ContactAssignment {
    pub id: u64,
    pub url: String,
    pub display: String,
    pub object: Option<GenericFk>,
    #[fk]
    pub contact: Fk<Contact>,
    #[fk]
    pub role: Option<Fk<ContactRole>>,
    pub priority: Option<ContactAssignmentPriority>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`ContactAssignment::priority`].
    pub enum ContactAssignmentPriority {
        Primary = "primary",
        Secondary = "secondary",
        Tertiary = "tertiary",
        Inactive = "inactive",
    }
}
