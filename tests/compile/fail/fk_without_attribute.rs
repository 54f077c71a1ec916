use netbox_core::{Blocking, Client, Fk, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
    serial: String,
    site: Fk<Site>,
}

fn run(client: &Client<Blocking>, device: &Record<Device, Blocking>) {
    let _ = device.site(client);
}

fn main() {}
