use netbox_core::{Fk, NetboxModel};
use serde::{Deserialize, Deserializer};

struct Region {
    id: u64,
}

#[derive(NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    #[fk]
    region: Option<Fk<Region>>,
}

impl<'de> Deserialize<'de> for Site {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        todo!()
    }
}

fn main() {}
