use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
    active: bool,
    extra: serde_json::Value,
}

fn main() {
    Site::ID.any_of(["1", "2"]);
}
