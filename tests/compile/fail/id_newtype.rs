use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize)]
struct SiteId(u64);

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: SiteId,
}

fn main() {}
