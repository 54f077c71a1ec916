use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/racks")]
struct Rack {
    id: u64,
    #[serde(rename = "u_heigth")]
    height: u16,
}

fn main() {}
