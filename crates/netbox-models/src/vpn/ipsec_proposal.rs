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
    vpn::{AuthenticationAlgorithm, EncryptionAlgorithm},
};

/// Algorithms for the second phase of IPsec.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/ipsec-proposals")]
#[non_exhaustive]
pub struct IpsecProposal {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    pub encryption_algorithm: Option<EncryptionAlgorithm>,
    pub authentication_algorithm: Option<AuthenticationAlgorithm>,
    /// In seconds.
    pub sa_lifetime_seconds: Option<u32>,
    /// In kilobytes.
    pub sa_lifetime_data: Option<u32>,
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
