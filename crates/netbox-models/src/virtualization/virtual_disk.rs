// Written by `cargo xtask codegen models`.
#![cfg(feature = "virtualization")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{extras::Tag, users::Owner, virtualization::VirtualMachine};

/// A disk of a virtual machine.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "virtualization/virtual-disks")]
#[non_exhaustive]
pub struct VirtualDisk {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub virtual_machine: Fk<VirtualMachine>,
    pub name: String,
    pub description: String,
    /// In megabytes.
    pub size: u32,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
}
