use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
struct Prefix {
    id: u64,
    #[fk]
    scope: Option<Fk<Site>>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

fn main() {}
