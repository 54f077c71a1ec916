use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlans")]
struct Vlan {
    id: u64,
    #[netbox(rename = "vid")]
    number: u16,
}

fn main() {}
