use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
struct Interface {
    id: u64,
    name: String,
    enabled: bool,
    custom_fields: serde_json::Value,
}

fn main() {
    Interface::ENABLED.is_empty();
}
