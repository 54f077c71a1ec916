use netbox_core::{Blocking, Client, NetboxModel, Transport};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
    time_zone: Option<String>,
}

fn run(client: &Client<Blocking>) {
    let _ = client.create::<Site>(serde_json::json!({"name": "AMS"}));
}

fn main() {}
