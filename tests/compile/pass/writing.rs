//! What of a record goes out.
#![deny(warnings)]

use std::collections::BTreeMap;

use netbox_core::{
    Choice, CustomFields, Decimal, Fk, GenericFk, IpPrefix, Model, NetboxModel, Record, Timestamp,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

mod canned;

use canned::{Canned, record};

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Site {
    id: u64,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
struct Tag {
    id: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Phase {
    Planned,
    InUse,
}

/// A field of each kind.
#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "plugins/acme/things")]
struct Thing {
    id: u64,
    name: String,
    serial: Option<String>,
    height: u16,
    latitude: Option<f64>,
    position: Decimal,
    active: bool,
    status: Choice,
    airflow: Option<Choice>,
    installed: Timestamp,
    prefix: IpPrefix,
    #[fk]
    site: Fk<Site>,
    #[fk]
    home: Option<Fk<Site>>,
    #[fk]
    tags: Vec<Fk<Tag>>,
    scope: GenericFk,
    #[netbox(write = "parent_object")]
    parent: Option<GenericFk>,
    ends: Vec<GenericFk>,
    custom_fields: CustomFields,
    phase: Phase,
    words: Vec<String>,
    context: Value,
    #[serde(rename = "type", alias = "kind")]
    r#type: String,
    #[netbox(read_only)]
    path: String,
    #[serde(skip_serializing)]
    slug: String,
    device_count: u64,
    created: Timestamp,
    _depth: u8,
}

fn thing() -> Record<Thing, Canned> {
    let nested =
        |path: &str, id: u64| json!({"id": id, "url": format!("https://h/api/{path}/{id}/"), "display": "x"});
    record(json!({
        "id": 1, "name": "a", "serial": null, "height": 4, "latitude": 1.5, "position": 2.0, "active": true,
        "status": {"value": "active", "label": "Active"}, "airflow": {"value": "passive", "label": "Passive"},
        "installed": "2026-11-25T00:00:00Z", "prefix": "10.0.0.0/8",
        "site": nested("dcim/sites", 7), "home": nested("dcim/sites", 8), "tags": [nested("extras/tags", 5), nested("extras/tags", 3)],
        "scope": nested("dcim/sites", 7), "parent": {"object_type": "dcim.site", "object_id": 8, "object": null},
        "ends": [{"object_type": "dcim.interface", "object_id": 9, "object": {"display": "xe-0"}}],
        "custom_fields": {"level": 1, "tier": {"value": "a", "label": "A"}, "owner": nested("tenancy/tenants", 2)},
        "phase": "planned", "words": ["b", "a"], "context": {"a": {"value": 1, "label": "mine"}}, "kind": "x",
        "path": "/a", "slug": "a", "device_count": 3, "created": "2026-11-25T00:00:00Z", "_depth": 0,
    }))
}

/// What would be sent once `change` was made.
#[track_caller]
fn check<M: Model>(mut record: Record<M, Canned>, change: impl FnOnce(&mut M), expected: Value) {
    change(&mut record);
    let patch = record.changes().unwrap();
    let body: Value =
        patch.names().map(|name| (name.to_owned(), patch.value::<Value>(name).unwrap())).collect();
    assert_eq!(body, expected);
    assert_eq!(patch.is_empty(), expected == json!({}));
}

/// What is told once `change` was made, by all that would send it.
#[track_caller]
fn refused<M: Model>(mut record: Record<M, Canned>, change: impl FnOnce(&mut M), expected: &[&str]) {
    change(&mut record);
    for error in [record.changes().unwrap_err(), record.save().unwrap_err(), record.put().unwrap_err()] {
        let told = error.to_string();
        assert!(expected.iter().all(|part| told.contains(part)), "{told}");
    }
}

/// Of what of serde's there is, that which says how a field is written.
mod serde_attributes {
    use super::*;

    /// Text in capitals, where NetBox has it in small letters.
    mod capitals {
        use serde::{Deserialize, Deserializer, Serializer};

        pub fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(&text.to_lowercase())
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
            String::deserialize(deserializer).map(|text| text.to_uppercase())
        }
    }

    /// What serde knows nothing of.
    #[derive(Default)]
    pub struct Metres(pub f64);

    impl Metres {
        fn write<S: serde::Serializer>(this: &Self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_f64(this.0)
        }

        fn read<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            f64::deserialize(deserializer).map(Self)
        }
    }

    fn id_of<S: serde::Serializer>(key: &Option<Fk<Written>>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_some(&key.as_ref().map(|key| key.id().to_string()))
    }

    fn keys<S: serde::Serializer>(keys: &[Fk<Tag>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(keys.iter().map(|key| json!({ "id": key.id() })))
    }

    fn flat<S: serde::Serializer>(rest: &BTreeMap<String, Value>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(rest.iter().filter(|(name, _)| !name.starts_with("x_")))
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "plugins/acme/things")]
    #[serde(rename_all = "camelCase")]
    pub struct Written {
        id: u64,
        #[serde(with = "capitals")]
        pub short_name: String,
        #[serde(serialize_with = "Metres::write", deserialize_with = "Metres::read")]
        pub height: Metres,
        // Where serde's function is called from, `Self` must still be the model.
        #[fk]
        #[serde(serialize_with = "id_of")]
        pub parent: Option<Fk<Self>>,
        #[fk]
        #[serde(serialize_with = "keys")]
        pub tags: Vec<Fk<Tag>>,
        #[netbox(read_only)]
        #[serde(serialize_with = "Metres::write", deserialize_with = "Metres::read")]
        pub depth: Metres,
        #[serde(skip)]
        pub local: Metres,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        #[serde(flatten, serialize_with = "flat")]
        pub rest: BTreeMap<String, Value>,
    }

    pub fn written() -> Record<Written, Canned> {
        record(
            json!({"id": 1, "shortName": "ams", "height": 1.5, "parent": 3, "tags": [2, 1], "depth": 1.0, "note": "a",
            "site": {"id": 7, "url": "https://h/api/dcim/sites/7/"}, "x_y": 1, "url": "https://h/api/plugins/acme/things/1/"}),
        )
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "plugins/acme/things")]
    pub struct OnlyRead {
        id: u64,
        pub name: String,
        #[serde(deserialize_with = "capitals::deserialize")]
        pub label: String,
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "plugins/acme/things")]
    pub struct GenericRead {
        id: u64,
        #[netbox(write = "scope")]
        #[serde(deserialize_with = "Deserialize::deserialize")]
        pub scope: Option<GenericFk>,
        // Where the parts are fields of their own, they are written.
        #[serde(rename = "object")]
        pub object: Option<GenericFk>,
        pub object_type: Option<String>,
        pub object_id: Option<u64>,
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "plugins/acme/things")]
    pub struct Flat {
        id: u64,
        #[serde(flatten)]
        pub rest: Rest,
    }

    #[derive(Serialize, Deserialize)]
    pub struct Rest {
        pub name: String,
        pub status: Choice,
        #[serde(flatten)]
        pub more: BTreeMap<String, Value>,
    }

    #[derive(Deserialize, NetboxModel)]
    #[netbox(endpoint = "plugins/acme/things")]
    pub struct FlatReadOnly {
        id: u64,
        pub name: String,
        #[serde(flatten, skip_serializing)]
        pub rest: BTreeMap<String, Value>,
    }
}

/// Types that serde can't write.
mod unwritable {
    use super::*;

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
}

fn main() {
    check(thing(), |_| {}, json!({}));
    check(thing(), |thing| thing.name = "a".into(), json!({}));

    // As NetBox takes it, by NetBox's names.
    check(
        thing(),
        |thing| {
            thing.name = "b".into();
            thing.serial = Some("s".into());
            thing.height = 5;
            thing.latitude = None;
            thing.position = 2.5.into();
            thing.active = false;
            thing.status = "planned".into();
            thing.airflow = None;
            thing.installed = Timestamp::from("2026-11-26T00:00:00Z".to_owned());
            thing.prefix = "10.0.0.0/9".parse().unwrap();
            thing.site = Fk::new(1);
            thing.home = None;
            thing.phase = Phase::InUse;
            thing.words.sort();
            thing.context["a"] = json!({"value": 2, "label": "mine"});
            thing.r#type = "y".into();
        },
        json!({"name": "b", "serial": "s", "height": 5, "latitude": null, "position": 2.5, "active": false,
            "status": "planned", "airflow": null, "installed": "2026-11-26T00:00:00Z", "prefix": "10.0.0.0/9",
            "site": 1, "home": null, "phase": "in-use", "words": ["a", "b"],
            "context": {"a": {"value": 2, "label": "mine"}}, "type": "y"}),
    );
    // The same by another label is the same.
    check(thing(), |thing| thing.status = "active".into(), json!({}));
    check(thing(), |thing| thing.site = Fk::new(7), json!({}));

    // A list of keys is a set.
    check(thing(), |thing| thing.tags.reverse(), json!({}));
    check(thing(), |thing| thing.tags.push(Fk::new(5)), json!({}));
    check(thing(), |thing| thing.tags.push(Fk::new(4)), json!({"tags": [3, 4, 5]}));
    check(thing(), |thing| thing.tags.clear(), json!({"tags": []}));

    // A generic reference is two fields, which go out together.
    let rack = |id| GenericFk::new("dcim.rack", id);
    check(thing(), |thing| thing.scope = rack(1), json!({"scope_type": "dcim.rack", "scope_id": 1}));
    check(thing(), |thing| thing.scope = GenericFk::new("dcim.site", 7), json!({}));
    let moved = json!({"scope_type": "dcim.site", "scope_id": 8});
    check(thing(), |thing| thing.scope = GenericFk::new("dcim.site", 8), moved);
    check(
        thing(),
        |thing| thing.parent = Some(rack(1)),
        json!({"parent_object_type": "dcim.rack", "parent_object_id": 1}),
    );
    check(
        thing(),
        |thing| thing.parent = None,
        json!({"parent_object_type": null, "parent_object_id": null}),
    );
    check(
        thing(),
        |thing| thing.ends.push(rack(1)),
        json!({"ends": [{"object_type": "dcim.interface", "object_id": 9}, {"object_type": "dcim.rack", "object_id": 1}]}),
    );

    // Of the custom fields those that changed.
    check(
        thing(),
        |thing| {
            thing.custom_fields.set("level", 2).unwrap();
            thing.custom_fields.set("tier", "a").unwrap();
            thing.custom_fields.set("owner", None::<u64>).unwrap();
        },
        json!({"custom_fields": {"level": 2, "owner": null}}),
    );

    refused(thing(), |thing| thing.id = 2, &["the id of a record can't be changed"]);
    refused(
        thing(),
        |thing| thing.path.push('b'),
        &["`path` changed, which NetBox does not let anybody write"],
    );
    refused(thing(), |thing| thing.slug.push('b'), &["`slug` changed"]);
    refused(
        thing(),
        |thing| {
            thing.name = "b".into();
            thing.device_count += 1;
            thing._depth += 1;
            thing.created = Timestamp::from(String::new());
        },
        &["`_depth`, `created`, `device_count` changed"],
    );

    with_serde_attributes();
    with_unwritable_types();
}

fn with_serde_attributes() {
    use serde_attributes::{Flat, FlatReadOnly, GenericRead, Metres, OnlyRead, written};

    assert_eq!((&*written().short_name, written().height.0), ("AMS", 1.5));
    check(written(), |it| it.local = Metres(2.0), json!({}));
    check(
        written(),
        |it| {
            it.short_name = "BER".into();
            it.height = Metres(2.0);
            it.parent = Some(Fk::new(4));
            it.tags.swap(0, 1);
            it.note = None;
            it.rest.insert("site".into(), json!(7));
            it.rest.insert("comments".into(), json!("x"));
            it.rest.insert("x_y".into(), json!(2));
        },
        json!({"shortName": "ber", "height": 2.0, "parent": "4", "tags": [{"id": 1}, {"id": 2}], "note": null,
            "comments": "x"}),
    );
    refused(written(), |it| it.depth = Metres(2.0), &["`depth` changed"]);
    refused(written(), |it| drop(it.rest.insert("url".into(), json!(""))), &["`url` changed"]);

    let only_read = || record::<OnlyRead>(json!({"id": 1, "name": "a", "label": "b"}));
    assert_eq!(only_read().label, "B");
    assert!(only_read().changes().unwrap().is_empty());
    refused(
        only_read(),
        |it| it.name.push('b'),
        &["`label`", "`deserialize_with`", "give `serialize_with` too, or `#[netbox(read_only)]`"],
    );

    let generic = || {
        let site = json!({"id": 7, "url": "https://h/api/dcim/sites/7/"});
        record::<GenericRead>(
            json!({"id": 1, "scope": site, "object": site, "object_type": "dcim.site", "object_id": 7}),
        )
    };
    check(generic(), |it| it.scope = None, json!({"scope_type": null, "scope_id": null}));
    check(generic(), |it| it.object_id = Some(8), json!({"object_id": 8}));
    check(generic(), |it| it.object_type = None, json!({"object_type": null}));
    refused(generic(), |it| it.object = None, &["`object (beside `object_type`)`"]);

    let flat = || {
        record::<Flat>(json!({"id": 1, "name": "a", "status": {"value": "active", "label": "Active"},
            "site": {"id": 7, "url": "https://h/api/dcim/sites/7/"}, "custom_fields": {"a": 1, "b": 2}}))
    };
    check(flat(), |_| {}, json!({}));
    check(
        flat(),
        |it| {
            it.rest.name.push('b');
            it.rest.status = "active".into();
            it.rest.more.insert("site".into(), json!(8));
            it.rest.more.get_mut("custom_fields").unwrap()["b"] = json!(3);
        },
        json!({"name": "ab", "site": 8, "custom_fields": {"b": 3}}),
    );

    let read_only = || record::<FlatReadOnly>(json!({"id": 1, "name": "a", "slug": "a"}));
    check(read_only(), |it| it.name.push('b'), json!({"name": "ab"}));
    refused(read_only(), |it| it.rest.clear(), &["`rest` changed"]);
}

fn with_unwritable_types() {
    use unwritable::{Annotated, Flat, Held, Opaque, Other};

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
