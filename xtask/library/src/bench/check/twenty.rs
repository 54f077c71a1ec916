//! Twenty models as one writes them for a program.

use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::{Choice, Date, Decimal, IpPrefix, Timestamp}};
use serde::Deserialize;

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
pub struct Region {
    pub id: u64,
    pub name: String,
    pub slug: String,
    #[fk]
    pub parent: Option<Fk<Region>>,
    pub description: String,
    pub last_updated: Option<Timestamp>,
    #[serde(rename = "_depth")]
    pub depth: u32,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
pub struct Site {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub status: Choice,
    #[fk]
    pub region: Option<Fk<Region>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub facility: String,
    pub time_zone: Option<String>,
    pub description: String,
    pub physical_address: String,
    pub shipping_address: String,
    pub latitude: Option<Decimal>,
    pub longitude: Option<Decimal>,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/locations")]
pub struct Location {
    pub id: u64,
    pub name: String,
    pub slug: String,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub parent: Option<Fk<Location>>,
    pub status: Choice,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub facility: String,
    pub description: String,
    pub last_updated: Option<Timestamp>,
    #[serde(rename = "_depth")]
    pub depth: u32,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
pub struct Rack {
    pub id: u64,
    pub name: String,
    pub facility_id: Option<String>,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub location: Option<Fk<Location>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub status: Choice,
    #[fk]
    pub role: Option<Fk<RackRole>>,
    pub serial: String,
    pub asset_tag: Option<String>,
    pub form_factor: Option<Choice>,
    pub width: Choice,
    pub u_height: u16,
    pub starting_unit: u16,
    pub weight: Option<Decimal>,
    pub max_weight: Option<u32>,
    pub weight_unit: Option<Choice>,
    pub desc_units: bool,
    pub outer_width: Option<u32>,
    pub outer_height: Option<u32>,
    pub outer_depth: Option<u32>,
    pub outer_unit: Option<Choice>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rack-roles")]
pub struct RackRole {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub color: String,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/manufacturers")]
pub struct Manufacturer {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device-types")]
pub struct DeviceType {
    pub id: u64,
    #[fk]
    pub manufacturer: Fk<Manufacturer>,
    #[fk]
    pub default_platform: Option<Fk<Platform>>,
    pub model: String,
    pub slug: String,
    pub part_number: String,
    pub u_height: Decimal,
    pub exclude_from_utilization: bool,
    pub is_full_depth: bool,
    pub subdevice_role: Option<Choice>,
    pub airflow: Option<Choice>,
    pub cooling_method: Option<Choice>,
    pub weight: Option<Decimal>,
    pub weight_unit: Option<Choice>,
    pub end_of_life: Option<Date>,
    #[netbox(read_only)]
    pub front_image: Option<String>,
    #[netbox(read_only)]
    pub rear_image: Option<String>,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device-roles")]
pub struct DeviceRole {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub color: String,
    pub vm_role: bool,
    #[fk]
    pub parent: Option<Fk<DeviceRole>>,
    pub description: String,
    pub last_updated: Option<Timestamp>,
    #[serde(rename = "_depth")]
    pub depth: u32,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/platforms")]
pub struct Platform {
    pub id: u64,
    #[fk]
    pub parent: Option<Fk<Platform>>,
    pub name: String,
    pub slug: String,
    #[fk]
    pub manufacturer: Option<Fk<Manufacturer>>,
    pub description: String,
    pub last_updated: Option<Timestamp>,
    #[serde(rename = "_depth")]
    pub depth: Option<u32>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
pub struct Device {
    pub id: u64,
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
    pub asset_tag: Option<String>,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub location: Option<Fk<Location>>,
    #[fk]
    pub rack: Option<Fk<Rack>>,
    pub position: Option<Decimal>,
    pub face: Option<Choice>,
    pub latitude: Option<Decimal>,
    pub longitude: Option<Decimal>,
    #[fk]
    #[netbox(read_only)]
    pub parent_device: Option<Fk<Device>>,
    pub status: Choice,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
pub struct Interface {
    pub id: u64,
    #[fk]
    pub device: Fk<Device>,
    pub name: String,
    pub label: String,
    pub r#type: Choice,
    pub channels: Option<u32>,
    pub channel_id: Option<u32>,
    pub enabled: bool,
    #[fk]
    pub parent: Option<Fk<Interface>>,
    #[fk]
    pub bridge: Option<Fk<Interface>>,
    #[fk]
    #[serde(default)]
    #[netbox(read_only)]
    pub bridge_interfaces: Vec<Fk<Interface>>,
    #[fk]
    pub lag: Option<Fk<Interface>>,
    pub mtu: Option<u32>,
    pub mac_address: Option<String>,
    #[fk]
    pub primary_mac_address: Option<Fk<MacAddress>>,
    #[fk]
    #[netbox(read_only)]
    pub mac_addresses: Vec<Fk<MacAddress>>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/mac-addresses")]
pub struct MacAddress {
    pub id: u64,
    pub mac_address: String,
    pub assigned_object: Option<GenericFk>,
    #[netbox(read_only)]
    pub is_primary: Option<bool>,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/power-panels")]
pub struct PowerPanel {
    pub id: u64,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub location: Option<Fk<Location>>,
    pub name: String,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vrfs")]
pub struct Vrf {
    pub id: u64,
    pub name: String,
    pub rd: Option<String>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub enforce_unique: bool,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlan-groups")]
pub struct VlanGroup {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub scope: Option<GenericFk>,
    #[netbox(read_only)]
    pub total_vlan_ids: Option<u64>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub description: String,
    pub last_updated: Option<Timestamp>,
    #[netbox(read_only)]
    pub utilization: String,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlans")]
pub struct Vlan {
    pub id: u64,
    #[fk]
    pub site: Option<Fk<Site>>,
    #[fk]
    pub group: Option<Fk<VlanGroup>>,
    pub vid: u16,
    pub name: String,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub status: Choice,
    #[fk]
    pub role: Option<Fk<Role>>,
    pub description: String,
    pub qinq_role: Option<Choice>,
    #[fk]
    pub qinq_svlan: Option<Fk<Vlan>>,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/roles")]
pub struct Role {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub weight: u32,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
pub struct Prefix {
    pub id: u64,
    #[netbox(read_only)]
    pub family: Choice,
    pub prefix: IpPrefix,
    #[fk]
    pub vrf: Option<Fk<Vrf>>,
    pub scope: Option<GenericFk>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    #[fk]
    pub vlan: Option<Fk<Vlan>>,
    pub status: Choice,
    #[fk]
    pub role: Option<Fk<Role>>,
    pub is_pool: bool,
    pub mark_utilized: bool,
    pub description: String,
    pub last_updated: Option<Timestamp>,
    #[netbox(read_only)]
    pub children: u64,
    #[serde(rename = "_depth")]
    #[netbox(filter = "depth")]
    pub depth: u32,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/ip-addresses")]
pub struct IpAddress {
    pub id: u64,
    #[netbox(read_only)]
    pub family: Choice,
    pub address: IpPrefix,
    #[fk]
    pub vrf: Option<Fk<Vrf>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    pub status: Choice,
    pub role: Option<Choice>,
    pub assigned_object: Option<GenericFk>,
    #[fk]
    pub nat_inside: Option<Fk<IpAddress>>,
    #[fk]
    #[netbox(read_only)]
    pub nat_outside: Vec<Fk<IpAddress>>,
    pub dns_name: String,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenants")]
pub struct Tenant {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub description: String,
    pub last_updated: Option<Timestamp>,
}

fn main() {
    let client = netbox_core::Client::builder("https://netbox.example.com");
    println!("{client:?} {}", std::mem::size_of::<Device>());
}
