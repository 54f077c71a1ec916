use netbox_core::{NetboxModel, value::Timestamp};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "core/object-changes")]
struct ObjectChange {
    id: u64,
    time: Timestamp,
}

fn main() {
    ObjectChange::TIME.gte("2026-11-28");
}
