// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Cable, CableEnd, PowerPanel, Rack},
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
};

/// A supply of power, from a panel.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/power-feeds")]
#[non_exhaustive]
pub struct PowerFeed {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub power_panel: Fk<PowerPanel>,
    #[fk]
    pub rack: Option<Fk<Rack>>,
    pub name: String,
    pub status: PowerFeedStatus,
    pub r#type: PowerFeedType,
    pub supply: PowerFeedSupply,
    pub phase: PowerFeedPhase,
    /// In volts.
    pub voltage: i32,
    /// In amperes.
    pub amperage: u16,
    /// In per cent.
    pub max_utilization: u16,
    /// Whether it counts as connected, even without a cable.
    pub mark_connected: bool,
    #[fk]
    #[netbox(read_only)]
    pub cable: Option<Fk<Cable>>,
    #[netbox(read_only)]
    pub cable_end: Option<CableEnd>,
    /// The objects at the other end of the cable.
    #[netbox(read_only)]
    pub link_peers: Vec<GenericFk>,
    /// The type of all of them, such as `dcim.interface`.
    #[netbox(read_only)]
    pub link_peers_type: Option<String>,
    /// The objects at the other end of the whole path; none without a cable.
    #[netbox(read_only)]
    pub connected_endpoints: Option<Vec<GenericFk>>,
    /// The type of all of them, such as `dcim.interface`.
    #[netbox(read_only)]
    pub connected_endpoints_type: Option<String>,
    /// Whether the path is complete, and none of its cables is merely planned.
    #[netbox(read_only)]
    pub connected_endpoints_reachable: Option<bool>,
    pub description: String,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    /// Whether there is a cable, or the port is marked as connected.
    #[serde(rename = "_occupied")]
    #[netbox(filter = "occupied")]
    pub occupied: bool,
}

choice_set! {
    /// The values of [`PowerFeed::status`].
    pub enum PowerFeedStatus {
        Offline = "offline",
        Active = "active",
        Planned = "planned",
        Failed = "failed",
    }
}

choice_set! {
    /// The values of [`PowerFeed::type`].
    pub enum PowerFeedType {
        Primary = "primary",
        Redundant = "redundant",
    }
}

choice_set! {
    /// The values of [`PowerFeed::supply`].
    pub enum PowerFeedSupply {
        Ac = "ac",
        Dc = "dc",
    }
}

choice_set! {
    /// The values of [`PowerFeed::phase`].
    pub enum PowerFeedPhase {
        SinglePhase = "single-phase",
        ThreePhase = "three-phase",
    }
}
