use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugin/netbox-dns/zones")]
struct Thing {
    id: u64,
}

fn main() {}
