use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/widgets")]
#[serde(rename_all = "PascalCase")]
struct Widget {
    id: u64,
}

fn main() {}
