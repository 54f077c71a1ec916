use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/Devices")]
struct Thing {
    id: u64,
}

fn main() {}
