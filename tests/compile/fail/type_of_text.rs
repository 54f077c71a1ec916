use netbox_core::{NetboxModel, value::{Choice, Decimal, Timestamp}};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/devices")]
struct Device {
    id: u64,
    name: Option<Choice>, // wrong
    serial: Decimal, // wrong
    description: Timestamp, // wrong
    comments: u32, // wrong
}

fn main() {}
