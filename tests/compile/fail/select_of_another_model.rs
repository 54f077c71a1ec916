use netbox_core::{Blocking, Client, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
struct Region {
    id: u64,
    name: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "Region")]
struct Named {
    id: u64,
    name: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
#[serde(from = "u64")]
struct Tag {
    id: u64,
}

impl From<u64> for Tag {
    fn from(id: u64) -> Self {
        Self { id }
    }
}

fn ask(client: &Client<Blocking>) {
    let _ = client.query::<Site>().select((Site::ID, Region::NAME)); // wrong
    let _ = client.query::<Site>().select(Region::NAME); // wrong
    let _ = client.query::<Site>().select("name"); // wrong
    let _ = client.query::<Site>().select_as::<Named>(); // wrong
    let _ = client.query::<Site>().select_as::<Site>(); // wrong
    let _ = client.query::<Tag>().select(Tag::ID); // wrong
}

fn main() {}
