use netbox_core::{NetboxModel, Patch};
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

fn main() {
    let _ = Patch::new().set(Site::NAME, "AMS").set(Tenant::NAME, "AMS");
}
