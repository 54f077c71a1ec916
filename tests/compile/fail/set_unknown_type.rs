use netbox_core::{NetboxModel, Patch};
use serde::Deserialize;

#[derive(Deserialize)]
struct Phase(u8);

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    status: Phase,
}

fn main() {
    let _ = Patch::new().set(Site::STATUS, Phase(3));
}
