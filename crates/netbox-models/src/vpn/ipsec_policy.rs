// Written by `cargo xtask codegen models`.
#![cfg(feature = "vpn")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    users::Owner,
    vpn::{DhGroup, IpsecProposal},
};

/// IPsec proposals, with a group for perfect forward secrecy.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/ipsec-policies")]
#[non_exhaustive]
pub struct IpsecPolicy {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    #[fk]
    #[netbox(filter = "ipsec_proposal")]
    pub proposals: Vec<Fk<IpsecProposal>>,
    pub pfs_group: Option<DhGroup>,
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
