use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    #[netbox(filter = "asns")]
    asns: Vec<serde_json::Value>,
}

fn main() {}
