use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
struct Interface {
    id: u64,
    enabled: String,
}

fn main() {}
