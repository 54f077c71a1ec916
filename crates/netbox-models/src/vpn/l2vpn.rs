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
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, ipam::RouteTarget, tenancy::Tenant, users::Owner};

/// A layer 2 VPN.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/l2vpns")]
#[non_exhaustive]
pub struct L2vpn {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub identifier: Option<i64>,
    pub name: String,
    pub slug: String,
    pub r#type: L2vpnType,
    pub status: L2vpnStatus,
    #[fk]
    pub import_targets: Vec<Fk<RouteTarget>>,
    #[fk]
    pub export_targets: Vec<Fk<RouteTarget>>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}

choice_set! {
    /// The values of [`L2vpn::type`].
    pub enum L2vpnType {
        Vpws = "vpws",
        Vpls = "vpls",
        Vxlan = "vxlan",
        VxlanEvpn = "vxlan-evpn",
        MplsEvpn = "mpls-evpn",
        PbbEvpn = "pbb-evpn",
        EvpnVpws = "evpn-vpws",
        Epl = "epl",
        Evpl = "evpl",
        EpLan = "ep-lan",
        EvpLan = "evp-lan",
        EpTree = "ep-tree",
        EvpTree = "evp-tree",
        Spb = "spb",
    }
}

choice_set! {
    /// The values of [`L2vpn::status`].
    pub enum L2vpnStatus {
        Active = "active",
        Planned = "planned",
        Decommissioning = "decommissioning",
    }
}
