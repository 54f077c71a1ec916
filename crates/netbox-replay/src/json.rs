//! JSON as it was written: numbers keep their digits and objects the order of their keys.

use std::{collections::BTreeMap, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, MapAccess, Visitor},
    ser::{self, SerializeMap},
};
use serde_json::{Number, value::RawValue};

mod layout;

/// How deep a document may be: as deep as `serde_json` itself goes.
pub(crate) const DEPTH: usize = 128;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// In the server's digits.
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// The first place where two documents differ; `None` is a side that has nothing there.
pub(crate) struct Difference<'j> {
    /// A JSON pointer.
    pub(crate) at: String,
    pub(crate) ours: Option<&'j Json>,
    pub(crate) theirs: Option<&'j Json>,
}

impl Json {
    pub(crate) fn parse(text: &str) -> serde_json::Result<Self> {
        Self::parse_within(text, DEPTH)
    }

    /// Refuses what is nested more deeply than `depth`.
    pub(crate) fn parse_within(text: &str, depth: usize) -> serde_json::Result<Self> {
        let Some(depth) = depth.checked_sub(1) else {
            return Err(de::Error::custom("nested too deeply"));
        };
        Ok(match text.trim_start().as_bytes().first() {
            Some(b'{') => {
                let Entries(entries) = serde_json::from_str(text)?;
                let entries =
                    entries.into_iter().map(|(key, raw)| Ok((key, Self::parse_within(raw.get(), depth)?)));
                Json::Object(entries.collect::<serde_json::Result<_>>()?)
            }
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(text)?;
                let items = items.into_iter().map(|raw| Self::parse_within(raw.get(), depth));
                Json::Array(items.collect::<serde_json::Result<_>>()?)
            }
            Some(b'"') => Json::String(serde_json::from_str(text)?),
            Some(b'-' | b'0'..=b'9') => {
                let digits: &RawValue = serde_json::from_str(text)?;
                Json::Number(digits.get().to_owned())
            }
            _ => serde_json::from_str::<Option<bool>>(text)?.map_or(Json::Null, Json::Bool),
        })
    }

    /// Where this differs from `other` as JSON: the order of keys is nothing, and 20.0 is 2e1.
    pub(crate) fn difference<'j>(&'j self, other: &'j Json) -> Option<Difference<'j>> {
        match (self, other) {
            (Json::Array(ours), Json::Array(theirs)) => (0..ours.len().max(theirs.len()))
                .find_map(|index| between(index, ours.get(index), theirs.get(index))),
            (Json::Object(ours), Json::Object(theirs)) => {
                let (ours, theirs) = (by_key(ours), by_key(theirs));
                let mut keys = ours.keys().chain(theirs.keys());
                keys.find_map(|key| between(key, ours.get(key).copied(), theirs.get(key).copied()))
            }
            (Json::Number(ours), Json::Number(theirs)) if number(ours) == number(theirs) => None,
            _ => (self != other).then(|| Difference {
                at: String::new(),
                ours: Some(self),
                theirs: Some(other),
            }),
        }
    }

    /// Shows every text in the document, keys too, to `change`.
    pub(crate) fn texts(&mut self, change: &mut dyn FnMut(&mut String)) {
        match self {
            Json::String(text) => change(text),
            Json::Array(items) => items.iter_mut().for_each(|item| item.texts(change)),
            Json::Object(entries) => {
                for (key, value) in entries {
                    change(key);
                    value.texts(change);
                }
            }
            Json::Null | Json::Bool(_) | Json::Number(_) => {}
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Json::parse(raw.get()).map_err(de::Error::custom)
    }
}

/// With `serde_json` alone: another format would show how a number is passed through.
impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::Number(digits) => {
                RawValue::from_string(digits.clone()).map_err(ser::Error::custom)?.serialize(serializer)
            }
            Json::String(text) => serializer.serialize_str(text),
            Json::Array(items) => items.serialize(serializer),
            Json::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

struct Entries<'t>(Vec<(String, &'t RawValue)>);

impl<'de: 't, 't> Deserialize<'de> for Entries<'t> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> Visitor<'de> for InOrder {
            type Value = Entries<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

fn between<'j>(
    step: impl fmt::Display,
    ours: Option<&'j Json>,
    theirs: Option<&'j Json>,
) -> Option<Difference<'j>> {
    let inner = match (ours, theirs) {
        (Some(ours), Some(theirs)) => ours.difference(theirs)?,
        _ => Difference { at: String::new(), ours, theirs },
    };
    Some(Difference { at: format!("/{step}{}", inner.at), ..inner })
}

/// If a key occurs twice, the last one counts, as it does for `serde_json`.
fn by_key(entries: &[(String, Json)]) -> BTreeMap<&str, &Json> {
    entries.iter().map(|(key, value)| (key.as_str(), value)).collect()
}

/// Numbers that no `Number` can hold are compared by their digits.
fn number(digits: &str) -> Result<Number, &str> {
    serde_json::from_str(digits).map_err(|_| digits)
}

#[cfg(test)]
pub(crate) mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    pub(crate) fn any_json() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(Json::Null),
            any::<bool>().prop_map(Json::Bool),
            "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,4})?([eE][+-]?[0-9]{1,2})?".prop_map(Json::Number),
            any::<String>().prop_map(Json::String),
        ];
        leaf.prop_recursive(4, 32, 5, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..5).prop_map(Json::Array),
                vec((any::<String>(), inner), 0..5).prop_map(Json::Object),
            ]
        })
    }

    #[track_caller]
    fn check_difference(ours: &str, theirs: &str, at: Option<&str>) {
        let (ours, theirs) = (Json::parse(ours).unwrap(), Json::parse(theirs).unwrap());
        assert_eq!(ours.difference(&theirs).map(|difference| difference.at).as_deref(), at);
    }

    #[test]
    fn numbers_and_the_order_of_keys_stay_as_written() {
        for text in [
            r#"{"b":20.0,"a":1e2,"c":-0,"d":52.37918900000000001,"e":123456789012345678901234567890}"#,
            r#"[{},[],"é\n",null,true]"#,
        ] {
            let json = Json::parse(text).unwrap();
            assert_eq!(json.compact(), text);
            assert_eq!(serde_json::to_string(&json).unwrap(), text);
        }
    }

    #[test]
    fn what_differs_is_named_by_its_first_place() {
        check_difference(r#"{"a":1,"b":[1,2]}"#, r#"{"b":[1,2],"a":1}"#, None);
        check_difference(r#"{"a":20.0}"#, r#"{"a":2e1}"#, None);
        check_difference(r#"{"a":1e999}"#, r#"{"a":1e998}"#, Some("/a"));
        check_difference(r#"{"b":[1,2]}"#, r#"{"b":[1,3]}"#, Some("/b/1"));
        check_difference(r#"{"b":[1,2]}"#, r#"{"b":[1]}"#, Some("/b/1"));
        check_difference(r#"{"a":1}"#, r#"{"a":1,"b":null}"#, Some("/b"));
        check_difference("1", "\"1\"", Some(""));
    }

    #[test]
    fn depth_is_an_error() {
        assert!(Json::parse(&("[".repeat(100_000) + &"]".repeat(100_000))).is_err());
        assert!(Json::parse(&("[".repeat(100) + &"]".repeat(100))).is_ok());
    }

    proptest! {
        #[test]
        fn either_way_of_writing_reads_back_the_same(json in any_json()) {
            prop_assert_eq!(&Json::parse(&json.compact()).unwrap(), &json);
            prop_assert_eq!(&Json::parse(&json.pretty()).unwrap(), &json);
            prop_assert_eq!(&serde_json::from_str::<Json>(&serde_json::to_string(&json).unwrap()).unwrap(), &json);
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            let _ = Json::parse(&text);
        }
    }
}
