//! Structs that are not read field by field, or not all of them.
#![deny(warnings)]

use std::collections::BTreeMap;

use netbox_core::{Model, NetboxModel};
use serde::Deserialize;

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Flat {
    id: u64,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
struct Partial {
    id: u64,
    #[serde(skip)]
    local: u8,
    #[serde(skip_deserializing)]
    written: u8,
    #[serde(default)]
    name: String,
    #[serde(skip_serializing)]
    slug: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[serde(default)]
#[derive(Default)]
struct Defaulted {
    id: u64,
    name: String,
}

#[derive(Deserialize)]
struct Raw {
    id: u64,
    name: String,
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[serde(from = "Raw")]
struct Length {
    id: u64,
    length: usize,
}

impl From<Raw> for Length {
    fn from(raw: Raw) -> Self {
        Self { id: raw.id, length: raw.name.len() }
    }
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[serde(try_from = "Raw")]
struct Named {
    id: u64,
}

impl TryFrom<Raw> for Named {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        if raw.name.is_empty() { Err("no name".to_owned()) } else { Ok(Self { id: raw.id }) }
    }
}

#[derive(Deserialize, NetboxModel)]
#[netbox(endpoint = "dcim/sites")]
#[serde(transparent)]
struct Bare {
    id: u64,
}

fn read<M: Model>(json: &str) -> M {
    serde_json::from_str(json).unwrap()
}

fn main() {
    assert_eq!(Flat::FIELDS, None);
    let flat: Flat = read(r#"{"id":1,"name":"a"}"#);
    assert_eq!((flat.id(), &flat.rest["name"]), (1, &"a".into()));

    assert_eq!(Partial::FIELDS, Some(&["id", "name", "slug"][..]));
    let partial: Partial = read(r#"{"id":1,"slug":"a"}"#);
    assert_eq!((partial.local, partial.written), (0, 0));

    assert_eq!(Defaulted::FIELDS, Some(&["id", "name"][..]));
    assert_eq!(read::<Defaulted>("{}").id(), 0);

    assert_eq!(Length::FIELDS, None);
    assert_eq!(read::<Length>(r#"{"id":1,"name":"abc"}"#).length, 3);
    assert_eq!(Named::FIELDS, None);
    assert_eq!(read::<Named>(r#"{"id":1,"name":"abc"}"#).id(), 1);
    assert_eq!(Bare::FIELDS, None);
    assert_eq!(read::<Bare>("7").id(), 7);
}
