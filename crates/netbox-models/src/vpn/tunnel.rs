// Written by `cargo xtask codegen models`.
#![cfg(feature = "vpn")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
    vpn::{IpsecProfile, TunnelGroup},
};

/// A tunnel between interfaces.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/tunnels")]
#[non_exhaustive]
pub struct Tunnel {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub status: TunnelStatus,
    #[fk]
    pub group: Option<Fk<TunnelGroup>>,
    pub encapsulation: TunnelEncapsulation,
    #[fk]
    pub ipsec_profile: Option<Fk<IpsecProfile>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub tunnel_id: Option<u64>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub terminations_count: u64,
}

choice_set! {
    /// The values of [`Tunnel::status`].
    pub enum TunnelStatus {
        Planned = "planned",
        Active = "active",
        Disabled = "disabled",
    }
}

choice_set! {
    /// The values of [`Tunnel::encapsulation`].
    pub enum TunnelEncapsulation {
        IpsecTransport = "ipsec-transport",
        IpsecTunnel = "ipsec-tunnel",
        IpIp = "ip-ip",
        Gre = "gre",
        Wireguard = "wireguard",
        Openvpn = "openvpn",
        L2Tp = "l2tp",
        Pptp = "pptp",
    }
}
