// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{
    Fk, NetboxModel,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::{Deserialize, Serialize};

use crate::{
    dcim::{Cable, CableEnd, Device, FrontPort, Module, PortType},
    extras::Tag,
    users::Owner,
};

/// A port that goes on through front ports, as of a patch panel.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rear-ports")]
#[non_exhaustive]
pub struct RearPort {
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
    pub r#type: PortType,
    /// Six hexadecimal digits.
    pub color: String,
    /// How many fibres or pairs it has, each of which leads elsewhere.
    pub positions: u32,
    /// Which front port each position leads to. From NetBox 4.5 on.
    #[serde(default)]
    pub front_ports: Vec<RearPortMapping>,
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

/// Where a position of a rear port leads to.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RearPortMapping {
    pub position: u32,
    pub front_port: Fk<FrontPort>,
    pub front_port_position: Option<u32>,
}
