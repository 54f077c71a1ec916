use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox]
struct Site {
    id: u64,
}

fn main() {}
