// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{Cable, CableEnd, ConsolePortSpeed, ConsolePortType, Device, Module},
    extras::Tag,
    users::Owner,
};

/// A port by which a device is managed through a console server.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/console-ports")]
#[non_exhaustive]
pub struct ConsolePort {
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
    pub r#type: Option<ConsolePortType>,
    pub speed: Option<ConsolePortSpeed>,
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
