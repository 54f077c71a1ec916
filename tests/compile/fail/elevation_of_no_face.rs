use netbox_core::{NetboxModel, Record, Transport};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
}

fn ask<T: Transport>(rack: Record<Rack, Blocking>) {
    let _ = rack.elevation("top");
}

fn main() {}
