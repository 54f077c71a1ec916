use netbox_core::{Blocking, Client, Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
    #[fk]
    region: Option<Fk<Region>>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
struct Region {
    id: u64,
    name: String,
}

fn run(client: &Client<Blocking>) {
    let site = client.get::<Site>(1).unwrap();
    let _ = Site::REGION.eq(&site);
}

fn main() {}
