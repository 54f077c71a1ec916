use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites", object_type = "dcim/site")]
struct Site {
    id: u64,
}

fn main() {}
