use std::net::{IpAddr, Ipv4Addr};

use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/ip-addresses")]
struct Address {
    id: u64,
    address: IpAddr, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/ip-ranges")]
struct Range {
    id: u64,
    start_address: Ipv4Addr, // wrong
}

fn main() {}
