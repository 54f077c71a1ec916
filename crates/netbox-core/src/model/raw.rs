//! An object as the JSON that NetBox sent, of which a field is decoded when it is asked for.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use serde_json::{Map, Value, value::RawValue};

use super::{
    kept::Kept,
    links::{Peer, Peers},
    object_fk::ObjectFk,
};
use crate::value::Copy;

/// The JSON of an object, and what was made of it.
pub(super) struct Raw {
    json: Box<str>,
    id: Option<u64>,
    keys: Kept<Vec<ObjectFk>>,
    texts: Kept<Option<String>>,
    whole: OnceLock<Map<String, Value>>,
    /// The objects of the same page.
    peers: Option<Arc<Peers>>,
}

impl Raw {
    /// The object that `fields` are.
    pub(super) fn of(fields: &Map<String, Value>) -> Arc<Self> {
        Self::new(serde_json::to_string(fields).unwrap_or_default().into())
    }

    /// The object that is being read: one of those of a page, if this is one.
    fn new(json: Box<str>) -> Arc<Self> {
        let id = find(&json, "id").and_then(|id| id.get().parse().ok());
        let (keys, texts, whole) = (Kept::default(), Kept::default(), OnceLock::new());
        Peers::introduce(|peers| Self { json, id, keys, texts, whole, peers })
    }

    pub(super) fn id(&self) -> Option<u64> {
        self.id
    }

    /// The JSON of a field.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        find(&self.json, name).map(RawValue::get)
    }

    /// A field that holds text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let json = self.field(name)?;
        // Text in which nothing is escaped is borrowed.
        let as_is = json.strip_prefix('"').and_then(|json| json.strip_suffix('"'));
        match as_is.filter(|text| !text.contains('\\')) {
            Some(text) => Some(text),
            None => self.texts.get_or_make(name, || serde_json::from_str(json).ok()).as_deref(),
        }
    }

    /// The references in a field. They and those in the same field of the other objects of the page know each other.
    pub(super) fn keys(&self, name: &str) -> &[ObjectFk] {
        if let (None, Some(peers)) = (self.keys.get(name), &self.peers) {
            peers.recognise(name);
        }
        self.keys.get_or_make(name, || self.find_keys(name))
    }

    /// All fields.
    pub(super) fn whole(&self) -> &Map<String, Value> {
        self.whole.get_or_init(|| serde_json::from_str(&self.json).unwrap_or_default())
    }

    fn find_keys(&self, name: &str) -> Vec<ObjectFk> {
        let value = self.field(name).and_then(|json| serde_json::from_str(json).ok());
        value.as_ref().map_or_else(Vec::new, ObjectFk::recognise_all)
    }
}

impl Peer for Raw {
    fn recognise(&self, name: &str) {
        self.keys.get_or_make(name, || self.find_keys(name));
    }
}

/// Reads any format that has maps.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Raw>, D::Error> {
    let mut json = Vec::new();
    deserializer.deserialize_map(Copy(&mut json))?;
    String::from_utf8(json).map(|json| Raw::new(json.into())).map_err(de::Error::custom)
}

/// Reads JSON, which is copied as it is.
pub(super) fn read_json<'de, D: Deserializer<'de>>(json: D) -> Result<Arc<Raw>, D::Error> {
    let json = <&RawValue>::deserialize(json)?.get();
    if json.starts_with('{') {
        Ok(Raw::new(json.into()))
    } else {
        Err(de::Error::custom("an object was expected"))
    }
}

/// The value of the member `name` of the object that `json` is, which is read no further.
fn find<'j>(json: &'j str, name: &str) -> Option<&'j RawValue> {
    let mut found = None;
    // It ends by an error where something was found, since nothing else makes serde_json stop.
    let _ = serde_json::Deserializer::from_str(json).deserialize_map(Finder { name, found: &mut found });
    found
}

struct Finder<'f, 'j> {
    name: &'f str,
    found: &'f mut Option<&'j RawValue>,
}

impl<'j> Visitor<'j> for Finder<'_, 'j> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'j>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(is_it) = map.next_key_seed(Is(self.name))? {
            if is_it {
                *self.found = Some(map.next_value()?);
                break;
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Reads whether a name is this one.
struct Is<'f>(&'f str);

impl<'de> DeserializeSeed<'de> for Is<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, name: D) -> Result<bool, D::Error> {
        name.deserialize_str(self)
    }
}

impl Visitor<'_> for Is<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}
