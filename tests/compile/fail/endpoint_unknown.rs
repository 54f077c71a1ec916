use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device")]
struct Device {
    id: u64,
    name: Option<String>,
}

fn main() {}
