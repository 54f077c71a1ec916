use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/config-context-profiles")]
struct Newer {
    id: u64,
    tags: Vec<Fk<Tag>>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/config-context-profiles")]
struct Older {
    id: u64,
    tags: Vec<String>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/config-context-profiles")]
struct Neither {
    id: u64,
    tags: String, // wrong
}

fn main() {}
