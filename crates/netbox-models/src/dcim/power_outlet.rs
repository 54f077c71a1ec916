// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Cable, CableEnd, Device, FeedLeg, Module, PowerOutletType, PowerPort},
    extras::Tag,
    users::Owner,
};

/// An outlet of a device that gives power to others.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/power-outlets")]
#[non_exhaustive]
pub struct PowerOutlet {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub device: Fk<Device>,
    #[fk]
    pub module: Option<Fk<Module>>,
    pub name: String,
    /// The text printed on it.
    pub label: String,
    pub r#type: Option<PowerOutletType>,
    pub status: PowerOutletStatus,
    /// Six hexadecimal digits.
    pub color: String,
    #[fk]
    pub power_port: Option<Fk<PowerPort>>,
    /// The phase.
    pub feed_leg: Option<FeedLeg>,
    pub description: String,
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
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
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
    /// The values of [`PowerOutlet::status`].
    pub enum PowerOutletStatus {
        Enabled = "enabled",
        Disabled = "disabled",
        Faulty = "faulty",
    }
}
