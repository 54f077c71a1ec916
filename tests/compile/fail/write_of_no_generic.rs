use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/widgets")]
struct Widget {
    id: u64,
    #[netbox(write = "parent_object")]
    parent: u64,
}

fn main() {}
