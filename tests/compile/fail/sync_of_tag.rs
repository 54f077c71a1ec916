use netbox_core::{Blocking, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
}

fn ask(mut tag: Record<Tag, Blocking>) {
    let _ = tag.sync();
}

fn main() {}
