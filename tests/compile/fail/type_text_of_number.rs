use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlans")]
struct Vlan {
    id: u64,
    vid: String,
}

fn main() {}
