use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites", crate = "::netbox")]
struct Site {
    id: u64,
}

fn main() {
    Site::ID.eq(1);
}
