use netbox_core::{NetboxModel, Record, Transport};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
struct Interface {
    id: u64,
}

fn ask<T: Transport>(interface: Record<Interface, Blocking>) {
    let _ = interface.paths();
}

fn main() {}
