// Written by `cargo xtask codegen models`.
#![cfg(any(feature = "circuits", feature = "dcim", feature = "virtualization", feature = "wireless"))]

use netbox_core::{
    Fk, NetboxModel, choice_set,
    value::{CustomFields, Decimal, Timestamp},
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    dcim::{
        CoolingMethod, DeviceAirflow, DeviceRole, DeviceType, Location, Platform, Rack, Site, VirtualChassis,
    },
    extras::{ConfigTemplate, Tag},
    ipam::IpAddress,
    tenancy::Tenant,
    users::Owner,
    virtualization::Cluster,
};

/// A piece of hardware: in a rack, in another device, or just at a site.
#[derive(Debug, Clone, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
#[non_exhaustive]
pub struct Device {
    pub id: u64,
    pub url: String,
    pub display_url: String,
    pub display: String,
    pub name: Option<String>,
    #[fk]
    pub device_type: Fk<DeviceType>,
    #[fk]
    pub role: Fk<DeviceRole>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    #[fk]
    pub platform: Option<Fk<Platform>>,
    pub serial: String,
    /// Its inventory number.
    pub asset_tag: Option<String>,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub location: Option<Fk<Location>>,
    #[fk]
    pub rack: Option<Fk<Rack>>,
    /// The lowest unit that it takes in the rack.
    pub position: Option<Decimal>,
    /// The side of the rack that it is mounted on.
    pub face: Option<DeviceFace>,
    pub latitude: Option<Decimal>,
    pub longitude: Option<Decimal>,
    #[fk]
    #[netbox(read_only)]
    pub parent_device: Option<Fk<Device>>,
    pub status: DeviceStatus,
    pub airflow: Option<DeviceAirflow>,
    /// From NetBox 4.7 on.
    pub cooling_method: Option<CoolingMethod>,
    #[fk]
    #[netbox(read_only)]
    pub primary_ip: Option<Fk<IpAddress>>,
    #[fk]
    pub primary_ip4: Option<Fk<IpAddress>>,
    #[fk]
    pub primary_ip6: Option<Fk<IpAddress>>,
    #[fk]
    pub oob_ip: Option<Fk<IpAddress>>,
    #[fk]
    pub cluster: Option<Fk<Cluster>>,
    #[fk]
    pub virtual_chassis: Option<Fk<VirtualChassis>>,
    /// The number of the device in its virtual chassis.
    pub vc_position: Option<u16>,
    /// The devices elect a master by this number. NetBox elects none: see `VirtualChassis::master`.
    pub vc_priority: Option<u16>,
    pub description: String,
    /// The users and groups who are responsible for it. From NetBox 4.5 on.
    #[fk]
    pub owner: Option<Fk<Owner>>,
    pub comments: String,
    #[fk]
    pub config_template: Option<Fk<ConfigTemplate>>,
    /// The data of all config contexts that apply, merged.
    #[netbox(read_only)]
    pub config_context: Option<Value>,
    /// Data of its own, which overrides that of config contexts.
    pub local_context_data: Option<Value>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
    pub custom_fields: CustomFields,
    pub created: Option<Timestamp>,
    pub last_updated: Option<Timestamp>,
    pub console_port_count: u64,
    pub console_server_port_count: u64,
    pub power_port_count: u64,
    pub power_outlet_count: u64,
    /// From NetBox 4.7 on.
    pub cooling_intake_count: Option<u64>,
    /// From NetBox 4.7 on.
    pub cooling_outflow_count: Option<u64>,
    pub interface_count: u64,
    pub front_port_count: u64,
    pub rear_port_count: u64,
    pub device_bay_count: u64,
    pub module_bay_count: u64,
    pub inventory_item_count: u64,
}

choice_set! {
    /// The values of [`Device::face`].
    pub enum DeviceFace {
        Front = "front",
        Rear = "rear",
    }
}

choice_set! {
    /// The values of [`Device::status`].
    pub enum DeviceStatus {
        Offline = "offline",
        Active = "active",
        Planned = "planned",
        Staged = "staged",
        Failed = "failed",
        Inventory = "inventory",
        Decommissioning = "decommissioning",
    }
}
