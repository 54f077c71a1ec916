//! Structs that have some fields of another model.

mod canned;

use canned::{check, record};
use netbox_core::{Fk, Model, NetboxModel, field::Field, fk::GenericFk, query::PartOf, route};
use serde_json::json;

mod models {
    use netbox_core::{Fk, NetboxModel, fk::GenericFk, value::{CustomFields, Decimal}};
    use serde::Deserialize;

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/sites")]
    pub struct Site {
        pub id: u64,
        pub name: String,
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "extras/tags")]
    pub struct Tag {
        pub id: u64,
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "dcim/devices")]
    pub struct Device {
        pub id: u64,
        pub name: Option<String>,
        #[fk]
        pub site: Fk<Site>,
        #[fk]
        #[netbox(read_only)]
        pub parent_device: Option<Fk<Device>>,
        pub position: Option<Decimal>,
        #[fk]
        pub tags: Vec<Fk<Tag>>,
        pub custom_fields: CustomFields,
        pub interface_count: u64,
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "ipam/prefixes")]
    pub struct Prefix {
        pub id: u64,
        pub scope: Option<GenericFk>,
        #[serde(rename = "_depth")]
        pub depth: u64,
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "plugins/acme/widgets", object_type = "acme.gizmo")]
    pub struct Widget {
        pub id: u64,
        #[netbox(read_only)]
        pub note: String,
        #[netbox(filter = "kin")]
        pub kind: String,
        #[netbox(write = "parent_object")]
        pub parent: Option<GenericFk>,
        pub display: String,
        #[netbox(read_only)]
        #[fk]
        #[serde(default, deserialize_with = "Fk::or_none")]
        pub site: Option<Fk<Site>>,
        #[serde(default)]
        pub sizes: Vec<u8>,
    }
}

#[derive(serde::Deserialize, NetboxModel)]
#[netbox(of = "models::Device")]
struct Placed {
    id: u64,
    name: Option<String>,
    #[fk]
    site: Fk<Place>,
    #[fk]
    parent_device: Option<Fk<Self>>,
    #[fk]
    tags: Vec<Fk<models::Tag>>,
    interface_count: u64,
}

#[derive(serde::Deserialize, NetboxModel)]
#[netbox(of = "models::Site")]
struct Place {
    id: u64,
}

#[derive(serde::Deserialize, NetboxModel)]
#[netbox(of = "models::Prefix")]
struct Scoped {
    id: u64,
    scope: Option<GenericFk>,
    #[serde(rename = "_depth")]
    depth: u64,
}

#[derive(serde::Deserialize, NetboxModel)]
#[netbox(of = "models::Widget")]
struct Part {
    id: u64,
    note: String,
    kind: String,
    parent: Option<GenericFk>,
    display: String,
    #[fk]
    #[serde(default, deserialize_with = "Fk::or_none")]
    site: Option<Fk<Place>>,
    #[serde(default)]
    sizes: Vec<u8>,
}

fn is_part<M: Model, N: PartOf<M>>() {
    assert_eq!((M::ENDPOINT, M::OBJECT_TYPE), (N::ENDPOINT, N::OBJECT_TYPE));
}

fn renders<M: route::RenderConfig>() {}
fn has_addresses<M: route::AvailableIps>() {}
fn has_all<M: route::Trace + route::Paths + route::Elevation>() {}

fn main() {
    is_part::<models::Device, Placed>();
    is_part::<models::Site, Place>();
    is_part::<models::Widget, Part>();
    assert_eq!(Placed::FIELDS, Some(&["id", "name", "site", "parent_device", "tags", "interface_count"][..]));
    renders::<Placed>();
    has_addresses::<Scoped>();
    has_all::<Part>();

    let names: [Field<Part, String>; 2] = [Part::NOTE, Part::KIND];
    assert_eq!(names.map(Field::is_read_only), [true, false]);
    assert_eq!(format!("{:?}", Part::KIND.eq("x")), "Filter(kin=x)");
    assert!(Placed::PARENT_DEVICE.is_read_only());

    // It is written as the model is.
    let device = json!({"id": 7, "name": "a", "site": {"id": 1}, "parent_device": null, "tags": [{"id": 3}],
        "interface_count": 4});
    check::<Placed>(record(device.clone()), |device| device.name = None, json!({"name": null}));
    check::<Placed>(record(device.clone()), |device| device.site = Fk::new(2), json!({"site": 2}));
    check::<Placed>(record(device), |device| device.tags.clear(), json!({"tags": []}));
    let prefix = json!({"id": 7, "scope": null, "_depth": 1});
    let change = |prefix: &mut Scoped| prefix.scope = Some(GenericFk::new("dcim.site", 4));
    check(record(prefix), change, json!({"scope_type": "dcim.site", "scope_id": 4}));
    let widget = json!({"id": 7, "note": "a", "kind": "b", "parent": null, "display": "c"});
    let change = |part: &mut Part| part.parent = Some(GenericFk::new("dcim.site", 4));
    check(record(widget.clone()), change, json!({"parent_object_type": "dcim.site", "parent_object_id": 4}));
    // A change that NetBox ignores is refused, and one that it takes is not, whatever its name.
    for (change, refused) in [
        ((|part| part.note.push('!')) as fn(&mut Part), true),
        (|part| part.display.push('!'), true),
        (|part| part.kind.push('!'), false),
    ] {
        let mut record = record::<Part>(widget.clone());
        change(&mut record);
        assert_eq!(record.changes().is_err(), refused);
    }
}
