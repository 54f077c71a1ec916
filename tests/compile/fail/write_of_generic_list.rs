use netbox_core::{NetboxModel, fk::GenericFk};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/widgets")]
struct Widget {
    id: u64,
    #[netbox(write = "parent_object")]
    parents: Vec<GenericFk>,
}

fn main() {}
