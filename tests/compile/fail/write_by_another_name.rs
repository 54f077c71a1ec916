use netbox_core::{NetboxModel, fk::GenericFk};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/services")]
struct Service {
    id: u64,
    #[netbox(write = "parent")]
    parent: Option<GenericFk>,
}

fn main() {}
