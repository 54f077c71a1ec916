use netbox_core::{Fk, NetboxModel};
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
    #[fk]
    site: Fk<Site>,
}

fn main() {
    Device::SERIAL.any_of(
        "a", // wrong
        "b", // wrong
    );
}
