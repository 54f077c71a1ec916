// Written by `cargo xtask codegen models`.
#![cfg(feature = "vpn")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    users::Owner,
    vpn::{AuthenticationAlgorithm, DhGroup, EncryptionAlgorithm},
};

/// Algorithms for the first phase of IPsec.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/ike-proposals")]
#[non_exhaustive]
pub struct IkeProposal {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    pub authentication_method: AuthenticationMethod,
    pub encryption_algorithm: EncryptionAlgorithm,
    pub authentication_algorithm: Option<AuthenticationAlgorithm>,
    pub group: DhGroup,
    /// In seconds.
    pub sa_lifetime: Option<u32>,
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
    /// The values of [`IkeProposal::authentication_method`].
    pub enum AuthenticationMethod {
        PresharedKeys = "preshared-keys",
        Certificates = "certificates",
        RsaSignatures = "rsa-signatures",
        DsaSignatures = "dsa-signatures",
    }
}
