// Written by `cargo xtask codegen models`.
#![cfg(feature = "circuits")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{circuits::VirtualCircuit, dcim::Interface, extras::Tag};

/// An end of a virtual circuit, at an interface.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/virtual-circuit-terminations")]
#[non_exhaustive]
pub struct VirtualCircuitTermination {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub virtual_circuit: Fk<VirtualCircuit>,
    pub role: VirtualCircuitTerminationRole,
    #[fk]
    pub interface: Fk<Interface>,
    pub description: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`VirtualCircuitTermination::role`].
    pub enum VirtualCircuitTerminationRole {
        Peer = "peer",
        Hub = "hub",
        Spoke = "spoke",
    }
}
