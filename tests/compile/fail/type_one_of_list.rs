use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
    #[fk]
    tags: Fk<Tag>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
}

fn main() {}
