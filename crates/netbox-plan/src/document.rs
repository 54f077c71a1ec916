//! Reading a document, in which no name may stand twice: of two values, a map would keep the last without a word.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fmt,
    marker::PhantomData,
};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

use crate::{desired::Desired, handle::HANDLE};

/// A map of endpoints to lists of objects.
impl<'de> Deserialize<'de> for Desired {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut desired = Self::new();
        for (endpoint, objects) in deserializer.deserialize_map(LISTS)? {
            for Fields(fields) in objects {
                desired.add(&endpoint, fields);
            }
        }
        Ok(desired)
    }
}

/// The fields of an object.
struct Fields(Map<String, Value>);

/// A value of a field.
struct Any(Value);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FIELDS).map(Self::of)
    }
}

const LISTS: Names<Vec<Fields>> = Names {
    expected: "a map of endpoints to lists of objects, as in {\"dcim/sites\": [{\"slug\": \"ams1\"}]}",
    twice: ": put its objects in one list",
    value: PhantomData,
};

const FIELDS: Names<Any> = Names {
    expected: "an object as a map of its fields, as in {\"slug\": \"ams1\"}",
    twice: " in one map",
    value: PhantomData,
};

impl Fields {
    fn of(values: BTreeMap<String, Any>) -> Self {
        Self(values.into_iter().map(|(name, Any(value))| (name, value)).collect())
    }
}

/// Reads a map in which no name stands twice.
struct Names<V> {
    expected: &'static str,
    /// The end of the message on a name that stands twice.
    twice: &'static str,
    value: PhantomData<V>,
}

impl<'de, V: Deserialize<'de>> Visitor<'de> for Names<V> {
    type Value = BTreeMap<String, V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = BTreeMap::new();
        while let Some(name) = map.next_key::<String>()? {
            if name == HANDLE {
                return Err(A::Error::custom(format_args!(
                    "`{HANDLE}` stands for a handle of a program: refer to an object by its attributes"
                )));
            }
            match values.entry(name) {
                Entry::Occupied(entry) => {
                    let (name, twice) = (entry.key(), self.twice);
                    return Err(A::Error::custom(format_args!("`{name}` stands twice{twice}")));
                }
                Entry::Vacant(entry) => entry.insert(map.next_value()?),
            };
        }
        Ok(values)
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor)
    }
}

struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value as JSON has them")
    }

    fn visit_unit<E>(self) -> Result<Any, E> {
        Ok(Any(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Any, E> {
        Ok(Any(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Any, D::Error> {
        Any::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Any, E> {
        Ok(Any(Number::from_f64(value).map_or(Value::Null, Value::Number)))
    }

    fn visit_str<E>(self, value: &str) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_string<E>(self, value: String) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Any, A::Error> {
        let mut items = Vec::new();
        while let Some(Any(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Any(items.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Any, A::Error> {
        FIELDS.visit_map(map).map(|values| Any(Fields::of(values).0.into()))
    }
}
