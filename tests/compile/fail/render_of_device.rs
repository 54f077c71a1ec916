use netbox_core::{NetboxModel, Record, Transport};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
}

fn ask<T: Transport>(device: Record<Device, Blocking>) {
    let _ = device.render(&());
}

fn main() {}
