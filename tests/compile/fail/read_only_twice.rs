use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/widgets")]
struct Widget {
    id: u64,
    #[netbox(read_only)]
    #[netbox(read_only)]
    weight: u64,
}

fn main() {}
