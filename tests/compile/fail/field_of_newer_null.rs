use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    #[fk]
    owner: Fk<Owner>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "users/owners")]
struct Owner {
    id: u64,
}

fn main() {}
