// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Timestamp},
};
use serde::Deserialize;

use crate::{dcim::Device, extras::Tag, ipam::IpAddress, tenancy::Tenant, users::Owner};

/// A part of a device that acts as a device.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/virtual-device-contexts")]
#[non_exhaustive]
pub struct VirtualDeviceContext {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: String,
    #[fk]
    pub device: Fk<Device>,
    pub identifier: Option<i64>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    #[fk]
    #[netbox(read_only)]
    pub primary_ip: Option<Fk<IpAddress>>,
    #[fk]
    pub primary_ip4: Option<Fk<IpAddress>>,
    #[fk]
    pub primary_ip6: Option<Fk<IpAddress>>,
    pub status: VirtualDeviceContextStatus,
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
    pub interface_count: u64,
}

choice_set! {
    /// The values of [`VirtualDeviceContext::status`].
    pub enum VirtualDeviceContextStatus {
        Active = "active",
        Planned = "planned",
        Offline = "offline",
    }
}
