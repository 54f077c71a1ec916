use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites", since = "4.5.2")]
struct Site {
    id: u64,
}

fn main() {}
