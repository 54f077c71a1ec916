// Written by `cargo xtask codegen models`.
#![cfg(feature = "circuits")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Date, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{
    circuits::{
        CircuitGroupAssignment, CircuitStatus, CircuitTermination, CircuitType, DistanceUnit, Provider,
        ProviderAccount,
    },
    extras::Tag,
    tenancy::Tenant,
    users::Owner,
};

/// A line between two places, from a provider.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "circuits/circuits")]
#[non_exhaustive]
pub struct Circuit {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    /// The provider's name for the circuit.
    pub cid: String,
    #[fk]
    pub provider: Fk<Provider>,
    #[fk]
    pub provider_account: Option<Fk<ProviderAccount>>,
    #[fk]
    pub r#type: Fk<CircuitType>,
    pub status: CircuitStatus,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub install_date: Option<Date>,
    pub termination_date: Option<Date>,
    /// In kbit/s.
    pub commit_rate: Option<u32>,
    pub description: String,
    /// In the unit of `distance_unit`.
    pub distance: Option<Decimal>,
    pub distance_unit: Option<DistanceUnit>,
    #[fk]
    #[netbox(read_only)]
    pub termination_a: Option<Fk<CircuitTermination>>,
    #[fk]
    #[netbox(read_only)]
    pub termination_z: Option<Fk<CircuitTermination>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    /// From NetBox 4.7 on.
    #[fk]
    #[serde(default)]
    #[netbox(read_only)]
    pub assignments: Vec<Fk<CircuitGroupAssignment>>,
}
