use netbox_core::{Blocking, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
}

fn ask(device: Record<Device, Blocking>) {
    let _ = device.render(&());
}

fn main() {}
