// Written by `cargo xtask codegen models`.
#![cfg(feature = "ipam")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, ipam::IpAddress, users::Owner};

/// Interfaces that share addresses, by a protocol such as VRRP.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/fhrp-groups")]
#[non_exhaustive]
pub struct FhrpGroup {
    pub id: u64,
    pub name: String,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub protocol: FhrpGroupProtocol,
    /// The number that the routers know the group by.
    pub group_id: u16,
    pub auth_type: Option<FhrpGroupAuthType>,
    pub auth_key: String,
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
    #[fk]
    #[netbox(read_only)]
    pub ip_addresses: Vec<Fk<IpAddress>>,
}

choice_set! {
    /// The values of [`FhrpGroup::protocol`].
    pub enum FhrpGroupProtocol {
        Vrrp2 = "vrrp2",
        Vrrp3 = "vrrp3",
        Carp = "carp",
        Clusterxl = "clusterxl",
        Hsrp = "hsrp",
        Glbp = "glbp",
        OtherProtocol = "other",
    }
}

choice_set! {
    /// The values of [`FhrpGroup::auth_type`].
    pub enum FhrpGroupAuthType {
        Plaintext = "plaintext",
        Md5 = "md5",
    }
}
