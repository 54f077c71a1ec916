use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device-types")]
struct DeviceType {
    id: u64,
    u_height: u16,
}

fn main() {}
