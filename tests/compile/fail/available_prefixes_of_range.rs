use netbox_core::{Blocking, NetboxModel, Record};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/ip-ranges")]
struct IpRange {
    id: u64,
}

fn ask(ip_range: Record<IpRange, Blocking>) {
    let _ = ip_range.available_prefixes();
}

fn main() {}
