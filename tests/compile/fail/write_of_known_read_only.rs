use netbox_core::{GenericFk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "core/jobs")]
struct Job {
    id: u64,
    #[netbox(write = "object")]
    object: Option<GenericFk>,
}

fn main() {}
