// Written by `cargo xtask codegen models`.
#![cfg(feature = "vpn")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, users::Owner, vpn::IkeProposal};

/// IKE proposals, and the version and mode to negotiate them by.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "vpn/ike-policies")]
#[non_exhaustive]
pub struct IkePolicy {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub description: String,
    pub version: IkeVersion,
    pub mode: Option<IkePolicyMode>,
    #[fk]
    #[netbox(filter = "ike_proposal")]
    pub proposals: Vec<Fk<IkeProposal>>,
    pub preshared_key: String,
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
    /// The values of [`IkePolicy::version`].
    pub enum IkeVersion: i64 {
        V1 = 1,
        V2 = 2,
    }
}

choice_set! {
    /// The values of [`IkePolicy::mode`].
    pub enum IkePolicyMode {
        Aggressive = "aggressive",
        Main = "main",
    }
}
