// Written by `cargo xtask codegen models`.
#![cfg(feature = "virtualization")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;

use crate::{dcim::Platform, extras::Tag, users::Owner};

/// A kind of virtual machine, with the platform, CPUs and memory that it begins with.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "virtualization/virtual-machine-types")]
#[non_exhaustive]
pub struct VirtualMachineType {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    pub slug: String,
    #[fk]
    pub default_platform: Option<Fk<Platform>>,
    pub default_vcpus: Option<Decimal>,
    /// In megabytes.
    pub default_memory: Option<u32>,
    pub description: String,
    /// The users and groups who are responsible for it.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub virtual_machine_count: u64,
}
