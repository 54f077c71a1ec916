use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/widgets")]
struct Widget {
    id: u64,
    #[fk]
    #[netbox(write = "parent_object")]
    parent: Option<Fk<Widget>>,
}

fn main() {}
