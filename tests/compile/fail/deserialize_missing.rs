use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/regions")]
struct Region {
    id: u64,
}

#[derive(NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
}

fn main() {
    Site::NAME.eq("AMS");
}
