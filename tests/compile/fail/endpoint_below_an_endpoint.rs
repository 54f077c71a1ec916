use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices/interfaces")]
struct Thing {
    id: u64,
}

fn main() {}
