use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
    #[fk]
    name: Fk<Site>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

fn main() {}
