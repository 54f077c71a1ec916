use netbox_core::{Blocking, NetboxModel, Patch, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/prefixes")]
struct Prefix {
    id: u64,
    description: String,
}

fn run(prefix: &Record<Prefix, Blocking>) {
    let _ = prefix.available_prefixes().with(Patch::new().set(Prefix::DESCRIPTION, "x"));
}

fn main() {}
