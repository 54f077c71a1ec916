//! Raw identifiers, serde's names, and fields that are called as something of the derive is.
#![deny(warnings)]

use netbox_core::{Fk, Model, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/cables")]
struct Cable {
    #[serde(rename = "id")]
    key: u64,
    r#type: Option<String>,
    #[fk]
    #[netbox(unchecked)]
    r#virtual: Option<Fk<Cable>>,
    #[serde(rename = "label")]
    title: String,
    #[netbox(unchecked)]
    #[serde(alias = "old", alias = "older", default)]
    new: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
struct Thing {
    id: u64,
    id_field: u64,
    endpoint: String,
    fields: Vec<String>,
    object_type: String,
    model: String,
    name: String,
    #[fk]
    client: Fk<Thing>,
    #[fk]
    objects: Vec<Fk<Thing>>,
}

fn main() {
    assert_eq!(Cable::FIELDS, Some(&["id", "type", "virtual", "label", "new", "old", "older"][..]));
    assert_eq!(Cable::KEY.name(), "id");
    assert_eq!(Cable::TYPE.name(), "type");
    assert_eq!(Cable::VIRTUAL.name(), "virtual");
    assert_eq!(Cable::TITLE.name(), "label");
    assert_eq!(Cable::NEW.name(), "new");

    let json = r#"{"id":7,"type":"cat6","virtual":8,"label":"a","older":"e"}"#;
    let cable: Cable = serde_json::from_str(json).unwrap();
    assert_eq!(cable.id(), 7);
    assert_eq!(Cable::TITLE.of(&cable), "a");
    assert_eq!(Cable::NEW.of(&cable), "e");

    assert_eq!(<Thing as Model>::ENDPOINT, "plugins/acme/things");
    assert_eq!(Thing::ENDPOINT.name(), "endpoint");
    assert_eq!(Thing::FIELDS.name(), "fields");
    assert_eq!(Thing::MODEL.name(), "model");
    assert_eq!(format!("{:?}", Thing::CLIENT.eq(1)), "Filter(client_id=1)");
}
