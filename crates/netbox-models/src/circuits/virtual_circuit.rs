// Written by `cargo xtask codegen models`.
#![cfg(feature = "circuits")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    circuits::{CircuitStatus, ProviderAccount, ProviderNetwork, VirtualCircuitType},
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
};

/// A connection between interfaces through the network of a provider.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/virtual-circuits")]
#[non_exhaustive]
pub struct VirtualCircuit {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    /// The provider's name for the circuit.
    pub cid: String,
    #[fk]
    pub provider_network: Fk<ProviderNetwork>,
    #[fk]
    pub provider_account: Option<Fk<ProviderAccount>>,
    #[fk]
    pub r#type: Fk<VirtualCircuitType>,
    pub status: CircuitStatus,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
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
