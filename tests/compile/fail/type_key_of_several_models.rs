use netbox_core::{NetboxModel, fk::GenericFk};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    region: Option<GenericFk>,
}

fn main() {}
