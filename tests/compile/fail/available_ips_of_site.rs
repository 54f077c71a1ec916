use netbox_core::{NetboxModel, Record, Transport};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

fn ask<T: Transport>(site: Record<Site, Blocking>) {
    let _ = site.available_ips();
}

fn main() {}
