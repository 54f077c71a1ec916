// Written by `cargo xtask codegen models`.
#![cfg(feature = "circuits")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    circuits::Circuit,
    dcim::{Cable, CableEnd},
    extras::Tag,
};

/// One of the two ends of a circuit.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/circuit-terminations")]
#[non_exhaustive]
pub struct CircuitTermination {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub circuit: Fk<Circuit>,
    pub term_side: CircuitTerminationSide,
    pub termination: Option<GenericFk>,
    /// In kbit/s.
    pub port_speed: Option<u32>,
    /// In kbit/s, where it differs from `port_speed`.
    pub upstream_speed: Option<u32>,
    /// The facility operator's name for the cross-connect.
    pub xconnect_id: String,
    /// The patch panel and its ports.
    pub pp_info: String,
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
    /// The values of [`CircuitTermination::term_side`].
    pub enum CircuitTerminationSide {
        A = "A",
        Z = "Z",
    }
}
