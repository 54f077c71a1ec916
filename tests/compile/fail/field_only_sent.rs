use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    cf_audited: Option<bool>, // wrong
    add_tags: Vec<String>, // wrong
    changelog_message: Option<String>, // wrong
}

fn main() {}
