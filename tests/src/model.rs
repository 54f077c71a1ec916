//! Models of our own, as a user would declare them.
#![allow(missing_docs, reason = "NetBox's own names")]

use netbox_core::{
    Fk, NetboxModel,
    fk::GenericFk,
    value::{Choice, CustomFields, Decimal, IpPrefix, Timestamp},
};
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
pub struct Region {
    pub id: u64,
    pub name: String,
    #[fk]
    pub parent: Option<Fk<Region>>,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
pub struct Site {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub status: Choice,
    pub facility: String,
    pub latitude: Option<Decimal>,
    pub created: Option<Timestamp>,
    pub custom_fields: CustomFields,
    #[fk]
    pub region: Option<Fk<Region>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
pub struct Tag {
    pub id: u64,
    pub name: String,
    pub slug: String,
    pub color: String,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
pub struct Prefix {
    pub id: u64,
    pub prefix: IpPrefix,
    pub description: String,
    pub scope: Option<GenericFk>,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlans")]
pub struct Vlan {
    pub id: u64,
    pub vid: u16,
    pub name: String,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenants")]
pub struct Tenant {
    pub id: u64,
    pub name: String,
    pub comments: String,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
pub struct Rack {
    pub id: u64,
    pub name: String,
    pub u_height: u16,
    #[fk]
    pub site: Fk<Site>,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
pub struct Device {
    pub id: u64,
    pub name: Option<String>,
    pub serial: String,
    pub position: Option<f64>,
    pub status: Choice,
    #[fk]
    pub site: Fk<Site>,
    #[fk]
    pub rack: Option<Fk<Rack>>,
    #[fk]
    pub tenant: Option<Fk<Tenant>>,
    #[fk]
    pub tags: Vec<Fk<Tag>>,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
pub struct Interface {
    pub id: u64,
    pub name: String,
    pub enabled: bool,
    pub mtu: Option<u32>,
    #[fk]
    pub device: Fk<Device>,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/ip-addresses")]
pub struct IpAddress {
    pub id: u64,
    pub address: IpPrefix,
    pub description: String,
    pub family: Choice,
    pub assigned_object: Option<GenericFk>,
}

#[derive(Debug, PartialEq, Deserialize, NetboxModel)]
#[netbox(endpoint = "virtualization/interfaces")]
pub struct VmInterface {
    pub id: u64,
    pub name: String,
}
