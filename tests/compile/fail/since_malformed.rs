use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites", since = "4")]
struct Site {
    id: u64,
    name: String,
}

fn main() {}
