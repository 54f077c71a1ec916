use netbox_core::{NetboxModel, fk::GenericFk};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/ip-addresses")]
struct Address {
    id: u64,
    #[fk]
    assigned_object: Option<GenericFk>,
}

fn main() {}
