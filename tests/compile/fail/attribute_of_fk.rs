use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
struct Region {
    id: u64,
    #[netbox(fk)]
    parent: Option<Fk<Region>>,
}

fn main() {}
