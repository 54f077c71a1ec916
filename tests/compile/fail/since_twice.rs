use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    #[netbox(since = "4.5", since = "4.6")]
    name: String,
}

fn main() {}
