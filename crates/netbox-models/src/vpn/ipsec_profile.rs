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
    vpn::{IkePolicy, IpsecPolicy},
};

/// An IKE policy and an IPsec policy for tunnels.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/ipsec-profiles")]
#[non_exhaustive]
pub struct IpsecProfile {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    pub mode: IpsecProfileMode,
    #[fk]
    pub ike_policy: Fk<IkePolicy>,
    #[fk]
    pub ipsec_policy: Fk<IpsecPolicy>,
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
    /// The values of [`IpsecProfile::mode`].
    pub enum IpsecProfileMode {
        Esp = "esp",
        Ah = "ah",
    }
}
