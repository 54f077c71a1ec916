use netbox_core::NetboxModel;
use serde::{Deserialize, Deserializer};

#[derive(NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
union Site {
    id: u64,
}

impl<'de> Deserialize<'de> for Site {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u64::deserialize(deserializer).map(|id| Self { id })
    }
}

fn main() {}
