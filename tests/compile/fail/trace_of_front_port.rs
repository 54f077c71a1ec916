use netbox_core::{Blocking, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/front-ports")]
struct FrontPort {
    id: u64,
}

fn ask(front_port: Record<FrontPort, Blocking>) {
    let _ = front_port.trace();
}

fn main() {}
