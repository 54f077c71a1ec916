use netbox_core::{NetboxModel, Record, Transport};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
}

fn ask<T: Transport>(mut tag: Record<Tag, Blocking>) {
    let _ = tag.sync();
}

fn main() {}
