use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/custom-fields")]
struct CustomField {
    id: u64,
    validation_minimum: Option<i64>,
}

fn main() {}
