use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
struct Region {
    id: u64,
    #[fk(Region)]
    parent: Option<Fk<Region>>,
}

fn main() {}
