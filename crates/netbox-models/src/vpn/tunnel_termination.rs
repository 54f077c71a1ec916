// Written by `cargo xtask codegen models`.
#![cfg(feature = "vpn")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, ipam::IpAddress, vpn::Tunnel};

/// An end of a tunnel, at an interface.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/tunnel-terminations")]
#[non_exhaustive]
pub struct TunnelTermination {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub tunnel: Fk<Tunnel>,
    pub role: TunnelTerminationRole,
    pub termination: Option<GenericFk>,
    #[fk]
    pub outside_ip: Option<Fk<IpAddress>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`TunnelTermination::role`].
    pub enum TunnelTerminationRole {
        Peer = "peer",
        Hub = "hub",
        Spoke = "spoke",
    }
}
