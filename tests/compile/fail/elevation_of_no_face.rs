use netbox_core::{Blocking, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
}

fn ask(rack: Record<Rack, Blocking>) {
    let _ = rack.elevation("top");
}

fn main() {}
