use netbox_core::{Blocking, Client, Fk, NetboxModel, Patch};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
    #[fk]
    site: Fk<Site>,
    #[fk]
    tenant: Option<Fk<Tenant>>,
    #[fk]
    tags: Vec<Fk<Tag>>,
}

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

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
}

fn run(client: &Client<Blocking>) {
    let site = client.get::<Site>(1).unwrap();
    let _ = Patch::new().set(Rack::TENANT, &site);
}

fn main() {}
