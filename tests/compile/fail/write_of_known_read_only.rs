use netbox_core::{NetboxModel, fk::GenericFk};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "core/jobs")]
struct Job {
    id: u64,
    #[netbox(write = "object")]
    object: Option<GenericFk>,
}

fn main() {}
