// Written by `cargo xtask codegen models`.
#![cfg(feature = "virtualization")]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    dcim::{Device, DeviceRole, Platform, Site},
    extras::{ConfigTemplate, Tag},
    ipam::IpAddress,
    tenancy::Tenant,
    users::Owner,
    virtualization::{Cluster, VirtualMachineType},
};

/// A virtual machine.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "virtualization/virtual-machines")]
#[non_exhaustive]
pub struct VirtualMachine {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    /// From NetBox 4.6 on.
    #[fk]
    pub virtual_machine_type: Option<Fk<VirtualMachineType>>,
    #[fk]
    pub role: Option<Fk<DeviceRole>>,
    pub status: VirtualMachineStatus,
    /// From NetBox 4.5 on.
    pub start_on_boot: Option<VirtualMachineStartOnBoot>,
    #[fk]
    pub site: Option<Fk<Site>>,
    #[fk]
    pub cluster: Option<Fk<Cluster>>,
    #[fk]
    pub device: Option<Fk<Device>>,
    #[fk]
    pub platform: Option<Fk<Platform>>,
    #[fk]
    #[netbox(read_only)]
    pub primary_ip: Option<Fk<IpAddress>>,
    #[fk]
    pub primary_ip4: Option<Fk<IpAddress>>,
    #[fk]
    pub primary_ip6: Option<Fk<IpAddress>>,
    pub vcpus: Option<Decimal>,
    /// In megabytes.
    pub memory: Option<u32>,
    /// In megabytes.
    pub disk: Option<u32>,
    pub description: String,
    pub serial: String,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    /// Data of its own, which overrides that of config contexts.
    pub local_context_data: Option<Value>,
    #[fk]
    pub config_template: Option<Fk<ConfigTemplate>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub interface_count: u64,
    pub virtual_disk_count: u64,
    /// The data of all config contexts that apply, merged.
    #[netbox(read_only)]
    pub config_context: Option<Value>,
}

choice_set! {
    /// The values of [`VirtualMachine::status`].
    pub enum VirtualMachineStatus {
        Offline = "offline",
        Active = "active",
        Planned = "planned",
        Staged = "staged",
        Failed = "failed",
        Decommissioning = "decommissioning",
        Paused = "paused",
    }
}

choice_set! {
    /// The values of [`VirtualMachine::start_on_boot`].
    pub enum VirtualMachineStartOnBoot {
        On = "on",
        Off = "off",
        Laststate = "laststate",
    }
}
