use netbox_core::{Blocking, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

fn ask(site: Record<Site, Blocking>) {
    let _ = site.available_ips();
}

fn main() {}
