use netbox_core::{Fk, NetboxModel};
use serde::Deserialize;

mod models {
    use super::{Deserialize, Fk, NetboxModel};

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/devices")]
    pub struct Device {
        pub id: u64,
        pub name: Option<String>,
        pub serial: String,
        #[fk]
        pub site: Fk<Site>,
        #[fk]
        pub location: Option<Fk<Location>>,
        #[serde(default)]
        #[netbox(unchecked)]
        pub vc_position: u8,
        #[serde(deserialize_with = "read")]
        pub vc_priority: Option<u8>,
        #[serde(rename = "description")]
        pub about: String,
    }

    fn read<'de, D: serde::Deserializer<'de>>(json: D) -> Result<Option<u8>, D::Error> {
        Option::deserialize(json)
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/sites")]
    pub struct Site {
        pub id: u64,
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/locations")]
    pub struct Location {
        pub id: u64,
    }
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "models::Device")]
struct Misnamed {
    id: u64,
    nmae: Option<String>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "models::Device")]
struct Mistyped {
    id: u64,
    name: String, // wrong
    serial: Option<String>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "models::Device")]
struct Misdirected {
    id: u64,
    #[fk]
    site: Fk<models::Location>, // wrong
    #[fk]
    location: Fk<models::Location>, // wrong
}

#[derive(Deserialize, NetboxModel)]
#[netbox(of = "models::Device")]
struct Misread {
    id: u64,
    vc_position: u8, // wrong
    vc_priority: Option<u8>, // wrong
    about: String, // wrong
}

fn main() {}
