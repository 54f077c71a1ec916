use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
struct Interface {
    id: u64,
    #[serde(rename = "MTU")]
    mtu: Option<u32>,
}

fn main() {}
