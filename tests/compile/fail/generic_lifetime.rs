use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site<'a> {
    id: u64,
    name: &'a str,
}

fn main() {}
