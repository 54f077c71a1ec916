use netbox_core::NetboxModel;
use serde::{Deserialize, Deserializer};

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/device-types")]
struct DeviceType {
    id: u64,
    #[serde(deserialize_with = "read")]
    end_of_life: Option<String>,
}

fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Option::deserialize(deserializer)
}

fn main() {}
