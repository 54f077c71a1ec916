use netbox_core::{NetboxModel, Patch};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
    time_zone: Option<String>,
}

fn main() {
    let _ = Patch::new().set(Site::NAME, None::<String>);
}
