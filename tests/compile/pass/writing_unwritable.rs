//! The errors for types that serde can't write.
#![deny(warnings)]

use netbox_core::NetboxModel;
use serde::Deserialize;
use serde_json::json;

mod canned;

use canned::{check, record, refused};

#[derive(Deserialize)]
pub struct Opaque(pub u8);

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
pub struct Held {
    id: u64,
    pub name: String,
    pub opaque: Option<Opaque>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
pub struct Annotated {
    id: u64,
    pub name: String,
    #[netbox(read_only)]
    pub opaque: Opaque,
}

#[derive(Deserialize)]
pub struct Parts {
    pub opaque: u8,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
pub struct Flat {
    id: u64,
    #[serde(flatten)]
    pub parts: Parts,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
#[serde(from = "Held")]
pub struct Other {
    id: u64,
    pub name: String,
}

impl From<Held> for Other {
    fn from(held: Held) -> Self {
        Self { id: held.id, name: held.name }
    }
}

fn main() {
    let object = json!({"id": 1, "name": "a", "opaque": 3});
    let held = || record::<Held>(object.clone());
    assert_eq!(held().opaque.as_ref().unwrap().0, 3);
    assert!(held().changes().unwrap().is_empty());
    let remedy = ["Opaque", "in `opaque`", "derive `Serialize` for it", "`#[netbox(read_only)]`"];
    refused(held(), |it| it.opaque = Some(Opaque(4)), &remedy);
    refused(held(), |it| it.name.push('b'), &remedy);

    check(record::<Annotated>(object.clone()), |it| it.name.push('b'), json!({"name": "ab"}));
    assert_eq!(record::<Annotated>(object.clone()).opaque.0, 3);
    let flat = record::<Flat>(object.clone());
    refused(flat, |it| it.parts.opaque = 4, &["Parts that is flattened", "derive `Serialize` for it"]);
    let other = record::<Other>(object.clone());
    refused(
        other,
        |it| it.name.push('b'),
        &["`Other` is read from another type", "implement `Model` by hand"],
    );
}
