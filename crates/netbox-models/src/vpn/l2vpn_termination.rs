// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "ipam",
    feature = "virtualization",
    feature = "vpn",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, vpn::L2vpn};

/// An interface or a VLAN in an L2VPN.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/l2vpn-terminations")]
#[non_exhaustive]
pub struct L2vpnTermination {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub l2vpn: Fk<L2vpn>,
    pub assigned_object: Option<GenericFk>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
