use netbox_core::{Blocking, Client, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
    time_zone: Option<String>,
}

fn run(client: &Client<Blocking>) {
    let _ = client.query::<Site>().filter(Site::NAME.eq("AMS")).delete();
}

fn main() {}
