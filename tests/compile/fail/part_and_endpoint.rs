use netbox_core::NetboxModel;
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
    name: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "Site", endpoint = "dcim/sites")] // wrong
struct One {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "Site", object_type = "dcim.site")] // wrong
struct Two {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "Site", since = "4.5")] // wrong
struct Three {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "Site", unchecked)] // wrong
struct Four {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "Site")]
struct Five {
    id: u64,
    #[netbox(read_only)]
    name: String, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "the sites")] // wrong
struct Six {
    id: u64,
}

fn main() {}
