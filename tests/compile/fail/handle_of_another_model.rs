use netbox_core::{Fk, NetboxModel, Patch};
use netbox_plan::Desired;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    slug: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
    name: String,
    #[fk]
    site: Fk<Site>,
}

fn main() {
    let mut desired = Desired::new();
    let rack = desired.object::<Rack>(Patch::new().set(Rack::NAME, "A01"));
    desired.object::<Rack>(Patch::new().set(Rack::NAME, "A02").set(Rack::SITE, &rack));
}
