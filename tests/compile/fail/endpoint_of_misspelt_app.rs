use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dicm/devices")]
struct Thing {
    id: u64,
}

fn main() {}
