// Written by `cargo xtask codegen models`.
#![cfg(feature = "ipam")]

use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::Timestamp};
use serde::Deserialize;

use crate::ipam::FhrpGroup;

/// An interface in an FHRP group.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/fhrp-group-assignments")]
#[non_exhaustive]
pub struct FhrpGroupAssignment {
    pub id: u64,
    pub url: String,
    pub display: String,
    #[fk]
    pub group: Fk<FhrpGroup>,
    pub interface: Option<GenericFk>,
    pub priority: u32,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
