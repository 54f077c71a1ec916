use netbox_core::{NetboxModel, value::Choice};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/services")]
struct Service {
    id: u64,
    protocol: Choice,
}

fn main() {}
