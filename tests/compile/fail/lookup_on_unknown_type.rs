use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
struct Interface {
    id: u64,
    name: String,
    enabled: bool,
    label: serde_json::Value,
}

fn main() {
    Interface::LABEL.eq("A");
}
