use netbox_core::{NetboxModel, value::Choice};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "virtualization/virtual-machines")]
struct Machine {
    id: u64,
    start_on_boot: Choice,
}

fn main() {}
