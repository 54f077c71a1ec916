use netbox_core::{Blocking, Client, NetboxModel, Patch};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
    time_zone: Option<String>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenants")]
struct Tenant {
    id: u64,
    name: String,
}

fn run(client: &Client<Blocking>) {
    let _ = client.create::<Site>(Patch::new().set(Tenant::NAME, "AMS"));
}

fn main() {}
