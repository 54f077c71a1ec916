// Written by `cargo xtask codegen models`.
#![cfg(feature = "virtualization")]

use netbox_core::{
    Fk, NetboxModel,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{
    dcim::{InterfaceMode, MacAddress},
    extras::Tag,
    ipam::{Vlan, VlanTranslationPolicy, Vrf},
    users::Owner,
    virtualization::VirtualMachine,
    vpn::L2vpnTermination,
};

/// A network interface of a virtual machine.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "virtualization/interfaces")]
#[non_exhaustive]
pub struct VmInterface {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    #[fk]
    pub virtual_machine: Fk<VirtualMachine>,
    pub name: String,
    pub enabled: bool,
    #[fk]
    pub parent: Option<Fk<VmInterface>>,
    #[fk]
    pub bridge: Option<Fk<VmInterface>>,
    /// In bytes.
    pub mtu: Option<u32>,
    /// The address of `primary_mac_address`. NetBox takes it from 4.7 on.
    pub mac_address: Option<String>,
    #[fk]
    pub primary_mac_address: Option<Fk<MacAddress>>,
    #[fk]
    #[netbox(read_only)]
    pub mac_addresses: Vec<Fk<MacAddress>>,
    pub description: String,
    pub mode: Option<InterfaceMode>,
    #[fk]
    pub untagged_vlan: Option<Fk<Vlan>>,
    #[fk]
    pub tagged_vlans: Vec<Fk<Vlan>>,
    #[fk]
    pub qinq_svlan: Option<Fk<Vlan>>,
    #[fk]
    pub vlan_translation_policy: Option<Fk<VlanTranslationPolicy>>,
    #[fk]
    pub vrf: Option<Fk<Vrf>>,
    #[fk]
    #[netbox(read_only)]
    pub l2vpn_termination: Option<Fk<L2vpnTermination>>,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    #[netbox(read_only)]
    pub count_ipaddresses: u64,
    #[netbox(read_only)]
    pub count_fhrp_groups: u64,
}
