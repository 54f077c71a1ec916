use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site<F> {
    id: u64,
    custom_fields: F,
}

fn main() {}
