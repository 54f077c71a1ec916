use netbox_core::{Blocking, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
    time_zone: Option<String>,
}

fn run(site: &Record<Site, Blocking>) {
    let _ = site.delete(7);
}

fn main() {}
