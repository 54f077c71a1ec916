//! The fields of a record that are sent, by serde's attributes.
#![deny(warnings)]

use std::collections::BTreeMap;

use netbox_core::{Blocking, Fk, NetboxModel, Record, fk::GenericFk, value::Choice};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

mod canned;

use canned::{check, record, refused};

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "extras/tags")]
pub struct Tag {
    id: u64,
}

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

/// A type that serde knows nothing of.
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

pub fn written() -> Record<Written, Blocking> {
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

fn main() {
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
