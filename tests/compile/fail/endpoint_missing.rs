use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
struct Site {
    id: u64,
    name: String,
}

fn main() {
    Site::NAME.eq("AMS");
}
