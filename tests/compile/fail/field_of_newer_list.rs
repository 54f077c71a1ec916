use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rear-ports")]
struct RearPort {
    id: u64,
    front_ports: Vec<serde_json::Value>,
}

fn main() {}
