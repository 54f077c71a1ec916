// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::Rack,
    extras::Tag,
    tenancy::Tenant,
    users::{Owner, User},
};

/// Units of a rack that are kept free for somebody.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rack-reservations")]
#[non_exhaustive]
pub struct RackReservation {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub rack: Fk<Rack>,
    /// The numbers of the units.
    pub units: Vec<u32>,
    /// From NetBox 4.6 on.
    pub unit_count: Option<u64>,
    /// From NetBox 4.4 on.
    pub status: Option<RackReservationStatus>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    #[fk]
    pub user: Fk<User>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
}

choice_set! {
    /// The values of [`RackReservation::status`].
    pub enum RackReservationStatus {
        Pending = "pending",
        Active = "active",
        Stale = "stale",
    }
}
