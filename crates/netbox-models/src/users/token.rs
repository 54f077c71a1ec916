// Written by `cargo xtask codegen models`.
#![cfg(feature = "users")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{IpPrefix, Timestamp},
};
use serde::Deserialize;

use crate::users::User;

/// A token by which a user reaches the API.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "users/tokens")]
#[non_exhaustive]
pub struct Token {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    /// From NetBox 4.5 on.
    pub version: Option<TokenVersion>,
    /// The part of the token that is no secret. From NetBox 4.5 on.
    pub key: Option<String>,
    #[fk]
    pub user: Fk<User>,
    pub description: String,
    pub created: Timestamp,
    pub expires: Option<Timestamp>,
    pub last_used: Option<Timestamp>,
    /// From NetBox 4.5 on.
    pub enabled: Option<bool>,
    pub write_enabled: bool,
    /// From NetBox 4.5 on.
    pub pepper_id: Option<u32>,
    /// The secret, in the answer that creates the token, and never again. From NetBox 4.5 on.
    pub token: Option<String>,
    /// The networks that it can be used from; none of them means any.
    pub allowed_ips: Option<Vec<IpPrefix>>,
}

choice_set! {
    /// The values of [`Token::version`].
    pub enum TokenVersion: i64 {
        V1 = 1,
        V2 = 2,
    }
}
