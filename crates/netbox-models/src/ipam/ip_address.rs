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
    fk::GenericFk,
    value::{CustomFields, IpPrefix, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    ipam::{AddressFamily, Vrf},
    tenancy::Tenant,
    users::Owner,
};

/// An IP address, of an interface or of none.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/ip-addresses")]
#[non_exhaustive]
pub struct IpAddress {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[netbox(read_only)]
    pub family: AddressFamily,
    pub address: IpPrefix,
    #[fk]
    pub vrf: Option<Fk<Vrf>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub status: IpAddressStatus,
    pub role: Option<IpAddressRole>,
    pub assigned_object: Option<GenericFk>,
    #[fk]
    pub nat_inside: Option<Fk<IpAddress>>,
    #[fk]
    #[netbox(read_only)]
    pub nat_outside: Vec<Fk<IpAddress>>,
    pub dns_name: String,
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
}

choice_set! {
    /// The values of [`IpAddress::status`].
    pub enum IpAddressStatus {
        Active = "active",
        Reserved = "reserved",
        Deprecated = "deprecated",
        Dhcp = "dhcp",
        Slaac = "slaac",
    }
}

choice_set! {
    /// The values of [`IpAddress::role`].
    pub enum IpAddressRole {
        Loopback = "loopback",
        Secondary = "secondary",
        Anycast = "anycast",
        Vip = "vip",
        Vrrp = "vrrp",
        Hsrp = "hsrp",
        Glbp = "glbp",
        Carp = "carp",
    }
}
