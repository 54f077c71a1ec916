// Written by `cargo xtask codegen models`.
#![cfg(any(
    feature = "circuits",
    feature = "dcim",
    feature = "ipam",
    feature = "virtualization",
    feature = "wireless"
))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::Site,
    extras::Tag,
    ipam::{Role, VlanGroup},
    tenancy::Tenant,
    users::Owner,
    vpn::L2vpnTermination,
};

/// A VLAN.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlans")]
#[non_exhaustive]
pub struct Vlan {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub site: Option<Fk<Site>>,
    #[fk]
    pub group: Option<Fk<VlanGroup>>,
    /// The VLAN's number, from 1 to 4094.
    pub vid: u16,
    pub name: String,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub status: VlanStatus,
    #[fk]
    pub role: Option<Fk<Role>>,
    pub description: String,
    pub qinq_role: Option<VlanQinqRole>,
    #[fk]
    pub qinq_svlan: Option<Fk<Vlan>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    #[netbox(read_only)]
    pub l2vpn_termination: Option<Fk<L2vpnTermination>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub prefix_count: u64,
}

choice_set! {
    /// The values of [`Vlan::status`].
    pub enum VlanStatus {
        Active = "active",
        Reserved = "reserved",
        Deprecated = "deprecated",
    }
}

choice_set! {
    /// The values of [`Vlan::qinq_role`].
    pub enum VlanQinqRole {
        Svlan = "svlan",
        Cvlan = "cvlan",
    }
}
