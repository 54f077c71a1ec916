// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{CoolingSource, FlowUnit, Rack},
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
};

/// A supply of coolant.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cooling-feeds")]
#[non_exhaustive]
pub struct CoolingFeed {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub cooling_source: Fk<CoolingSource>,
    #[fk]
    pub rack: Option<Fk<Rack>>,
    pub name: String,
    pub status: CoolingFeedStatus,
    pub cooling_capacity: Option<Decimal>,
    pub max_flow: Option<Decimal>,
    pub max_flow_unit: Option<FlowUnit>,
    pub description: String,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    /// The users and groups who are responsible for it.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`CoolingFeed::status`].
    pub enum CoolingFeedStatus {
        Offline = "offline",
        Active = "active",
        Planned = "planned",
        Failed = "failed",
    }
}
