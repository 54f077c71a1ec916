use netbox_core::{Blocking, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
struct Interface {
    id: u64,
}

fn ask(interface: Record<Interface, Blocking>) {
    let _ = interface.paths();
}

fn main() {}
