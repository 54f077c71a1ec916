use netbox_core::{Blocking, NetboxModel, Record, fk::GenericFk};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
struct Prefix {
    id: u64,
    scope: Option<GenericFk>,
}

fn run(site: &Record<Site, Blocking>) {
    let _ = Prefix::SCOPE.eq(site);
}

fn main() {}
