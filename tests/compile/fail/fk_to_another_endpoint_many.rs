use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    #[fk]
    tags: Vec<Fk<Tenant>>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenants")]
struct Tenant {
    id: u64,
}

fn main() {}
