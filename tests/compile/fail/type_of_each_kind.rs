use netbox_core::{NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cables")]
struct Cable {
    id: u64,
    r#type: Option<u32>, // wrong
    a_terminations: String, // wrong
    created: Option<bool>, // wrong
    length: Option<bool>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "core/data-sources")]
struct DataSource {
    id: u64,
    sync_interval: Option<bool>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/image-attachments")]
struct Image {
    id: u64,
    image: bool, // wrong
    image_height: String, // wrong
    parent: Option<String>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlan-translation-rules")]
struct Rule {
    id: u64,
    policy: String, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/custom-fields")]
struct CustomField {
    id: u64,
    object_types: String, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rack-reservations")]
struct Reservation {
    id: u64,
    units: Vec<String>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/event-rules")]
struct EventRule {
    id: u64,
    event_types: Vec<u32>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/interfaces")]
struct Interface {
    id: u64,
    link_peers: Vec<String>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "ipam/vlan-groups")]
struct VlanGroup {
    id: u64,
    vid_ranges: String, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/rear-ports", since = "4.5")]
struct RearPort {
    id: u64,
    front_ports: Vec<Fk<RearPort>>, // wrong
}

fn main() {}
