//! Objects of the plugin custom-objects, which has a form of its own for references to objects of several types.
#![deny(warnings)]

use netbox_core::{NetboxModel, Patch, fk::GenericFk};
use serde::Deserialize;
use serde_json::{Value, json};

mod canned;

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/custom-objects/gadgets")]
struct Gadget {
    id: u64,
    port: Option<GenericFk>,
    places: Vec<GenericFk>,
}

#[derive(Debug, Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/gadgets")]
struct Other {
    id: u64,
    port: Option<GenericFk>,
}

fn gadget() -> Value {
    let site = |id: u64| json!({"_content_type": "dcim.site", "id": id, "display": "a"});
    json!({"id": 1, "port": site(7), "places": [site(7), site(8)]})
}

fn taken(id: u64) -> Value {
    json!({"app_label": "dcim", "model": "site", "object_id": id})
}

fn main() {
    let record = || canned::record::<Gadget>(gadget());
    assert_eq!(record().port, Some(GenericFk::new("dcim.site", 7)));
    canned::check(record(), |_| (), json!({}));
    canned::check(record(), |gadget| gadget.port = None, json!({"port": null}));
    let moved = |gadget: &mut Gadget| gadget.port = Some(GenericFk::new("dcim.site", 9));
    canned::check(record(), moved, json!({"port": taken(9)}));
    canned::check(record(), |gadget| drop(gadget.places.pop()), json!({"places": [taken(7)]}));

    let patch = Patch::new().set(Gadget::PORT, GenericFk::new("dcim.site", 9)).clear(Gadget::PLACES);
    assert_eq!(patch.value("port"), Some(taken(9)));
    assert_eq!(patch.value("places"), Some(json!([])));
    let site = canned::record::<Gadget>(json!({"id": 9, "port": null, "places": []}));
    let patch = Patch::new().set(Gadget::PORT, &site);
    assert_eq!(patch.value::<Value>("port").unwrap()["object_id"], 9);

    let patch = Patch::new().set(Other::PORT, GenericFk::new("dcim.site", 9));
    assert_eq!(patch.names().collect::<Vec<_>>(), ["port_id", "port_type"]);
}
