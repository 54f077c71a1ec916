// Written by `cargo xtask codegen models`.
#![cfg(feature = "ipam")]

use netbox_core::{
    Fk, NetboxModel,
    fk::GenericFk,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    extras::Tag,
    ipam::{IpAddress, ServiceProtocol},
    users::Owner,
};

/// A service that a device, a virtual machine or an FHRP group offers on TCP or UDP ports.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/services")]
#[non_exhaustive]
pub struct Service {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[netbox(write = "parent_object")]
    pub parent: Option<GenericFk>,
    pub name: String,
    /// Such as `tcp/53`. From NetBox 4.7 on.
    #[serde(default)]
    pub port_mappings: Vec<String>,
    pub protocol: Option<ServiceProtocol>,
    pub ports: Option<Vec<u16>>,
    #[fk]
    #[netbox(filter = "ip_address")]
    pub ipaddresses: Vec<Fk<IpAddress>>,
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
