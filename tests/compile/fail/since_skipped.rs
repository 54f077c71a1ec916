use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    #[serde(skip)]
    #[netbox(since = "4.5")]
    note: String,
}

fn main() {}
