// The last error is ours. The others are serde's, which tells the same of any field that it can't read.
use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize)]
struct Region {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    #[fk]
    region: Option<Fk<Region>>,
}

fn main() {}
