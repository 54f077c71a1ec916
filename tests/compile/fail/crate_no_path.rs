use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites", crate = "netbox core")]
struct Site {
    id: u64,
}

fn main() {}
