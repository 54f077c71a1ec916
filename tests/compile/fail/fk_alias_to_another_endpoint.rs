use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "tenancy/tenants")]
struct Tenant {
    id: u64,
}

type SiteRef = Fk<Tenant>;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
    site: SiteRef,
}

fn main() {}
