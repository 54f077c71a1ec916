use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/object-types", since = "4.5")]
struct ObjectType {
    id: u64,
    model: String,
}

fn main() {}
