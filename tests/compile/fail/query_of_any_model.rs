use netbox_core::{Blocking, Client, Fk, NetboxModel};
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

fn run(client: &Client<Blocking>) -> Result<(), netbox_core::Error> {
    for device in client.query() {
        println!("{}", device?.serial);
    }
    Ok(())
}

fn main() {}
