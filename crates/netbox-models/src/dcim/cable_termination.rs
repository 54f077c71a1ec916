// Written by `cargo xtask codegen models`.
#![cfg(feature = "dcim")]

use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::Timestamp};
use serde::Deserialize;

use crate::dcim::{Cable, CableEnd};

/// An object that one end of a cable is plugged into.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cable-terminations")]
#[non_exhaustive]
pub struct CableTermination {
    pub id: u64,
    pub url: String,
    pub display: String,
    #[fk]
    pub cable: Fk<Cable>,
    pub cable_end: CableEnd,
    pub termination: Option<GenericFk>,
    /// From NetBox 4.5 on.
    #[netbox(read_only)]
    pub connector: Option<u32>,
    /// Which of its positions the cable takes. From NetBox 4.5 on.
    #[netbox(read_only)]
    pub positions: Option<Vec<u32>>,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
