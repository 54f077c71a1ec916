use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/front-ports")]
struct FrontPort {
    id: u64,
    #[fk]
    rear_port: Fk<RearPort>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rear-ports")]
struct RearPort {
    id: u64,
}

fn main() {}
