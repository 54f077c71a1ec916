//! Reading a reference: a bare id, or NetBox's nested form of the object.

use std::{borrow::Cow, fmt, sync::Arc};

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use serde_json::Value;

use super::{fk::Fk, link::Link, resource::Model};
use crate::{
    value::Members,
    wire::{AnyObject, Extent, endpoint_of_url, id_of_url, is_of_endpoint},
};

impl<'de, M: Model> Deserialize<'de> for Fk<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let visitor = NestedVisitor { endpoint: M::ENDPOINT, wanted: whole_fields(M::FIELDS) };
        let Nested { link, is_whole } = deserializer.deserialize_any(visitor)?;
        if is_whole {
            link.keep_nested(&Extent::of::<M>(), whole::<M>);
        }
        Ok(Self::of(link))
    }
}

/// A nested object as a whole one, if it is one.
fn whole<M: Model>(json: &str) -> Option<AnyObject> {
    // As bodies are read: for text, all of the model would be compiled once more.
    match serde_json::from_slice::<M>(json.as_bytes()) {
        Ok(object) => Some(Arc::new(object)),
        Err(_) => None,
    }
}

impl<M: Model> Fk<M> {
    /// Reads a reference that may be none, for `#[serde(deserialize_with = "Fk::or_none")]`: null, and also an object
    /// without an id. NetBox sends such a one in place of the job of a script that never ran. If the field may be missing
    /// as well, add serde's `default`.
    ///
    /// # Errors
    ///
    /// As for reading a reference.
    ///
    /// ```
    /// use netbox_core::{Fk, NetboxModel};
    ///
    /// #[derive(serde::Deserialize, NetboxModel)]
    /// #[netbox(endpoint = "core/jobs")]
    /// struct Job {
    ///     id: u64,
    /// }
    ///
    /// #[derive(serde::Deserialize, NetboxModel)]
    /// #[netbox(endpoint = "extras/scripts")]
    /// struct Script {
    ///     id: u64,
    ///     #[fk]
    ///     #[serde(deserialize_with = "Fk::or_none")]
    ///     result: Option<Fk<Job>>,
    /// }
    ///
    /// let script: Script = serde_json::from_str(r#"{"id": 1, "result": {"name": "", "data": null}}"#)?;
    /// assert!(script.result.is_none());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Self>, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let is_none = match &value {
            Value::Null => true,
            Value::Object(fields) => !["id", "url"].iter().any(|name| fields.contains_key(*name)),
            _ => false,
        };
        if is_none { Ok(None) } else { Fk::deserialize(value).map(Some).map_err(de::Error::custom) }
    }
}

/// A nested object, read without knowing the model: so it is compiled once for all.
struct Nested {
    link: Link,
    /// Whether the nested form has all fields of the model.
    is_whole: bool,
}

/// Reads a [`Nested`] of `endpoint` for a model with the fields `wanted`.
struct NestedVisitor {
    endpoint: &'static str,
    wanted: &'static [&'static str],
}

impl<'de> Visitor<'de> for NestedVisitor {
    type Value = Nested;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id, or an object with an id")
    }

    fn visit_u64<E>(self, id: u64) -> Result<Nested, E> {
        Ok(Nested { link: Link::read(self.endpoint, id, None, None), is_whole: false })
    }

    fn visit_i64<E: de::Error>(self, id: i64) -> Result<Nested, E> {
        match u64::try_from(id) {
            Ok(id) => self.visit_u64(id),
            Err(_) => Err(E::invalid_value(de::Unexpected::Signed(id), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Nested, A::Error> {
        let Self { endpoint, wanted } = self;
        let (mut id, mut url, mut display) = (None, None, None);
        let mut json = Vec::new();
        let mut reader = Reader { wanted, found: 0, known: None, members: Members::new(&mut json) };
        while let Some(name) = map.next_key_seed(Key(&mut reader))? {
            match name {
                Name::Id => {
                    let own = map.next_value::<u64>()?;
                    reader.known = Link::known(endpoint, own);
                    reader.put("id", &own)?;
                    id = Some(own);
                }
                Name::Url => {
                    url = map.next_value_seed(Text)?;
                    url.as_deref().map_or(Ok(()), |url| check_endpoint(url, endpoint))?;
                    reader.put("url", &url)?;
                }
                Name::Display => {
                    display = map.next_value_seed(Text)?;
                    reader.put("display", &display)?;
                }
                Name::Other if reader.known.is_some() => {
                    map.next_value::<IgnoredAny>()?;
                }
                Name::Other => map.next_value_seed(reader.members.value())?,
            }
        }
        let id = if let Some(id) = id {
            id
        } else {
            let of_url = url.as_deref().and_then(id_of_url);
            let id = of_url.ok_or_else(|| de::Error::missing_field("id"))?;
            reader.found += usize::from(wanted.contains(&"id"));
            reader.put("id", &id)?;
            id
        };
        let is_whole = !wanted.is_empty() && reader.found >= wanted.len();
        let Reader { known, members, .. } = reader;
        let link = if let Some(known) = known {
            known
        } else {
            members.end();
            Link::read(endpoint, id, display.as_deref(), str::from_utf8(&json).ok())
        };
        Ok(Nested { link, is_whole })
    }
}

/// The state of reading a nested object.
struct Reader<'t> {
    wanted: &'static [&'static str],
    /// How many of the fields that are wanted were there.
    found: usize,
    /// The reference, if this page had it already: the object is not copied again then.
    known: Option<Link>,
    members: Members<'t>,
}

impl Reader<'_> {
    fn put<E: de::Error>(&mut self, name: &str, value: &impl Serialize) -> Result<(), E> {
        if self.known.is_some() { Ok(()) } else { self.members.put(name, value) }
    }
}

/// The fields that a nested form must have to be taken for the whole object; none if it never can.
///
/// A model that wants all fields finds out only from the endpoint itself, and the counters of nested objects are not
/// to be believed: NetBox sends 0 in many of them, whatever the object itself says.
fn whole_fields(fields: Option<&'static [&'static str]>) -> &'static [&'static str] {
    fields.filter(|fields| !fields.iter().any(|field| field.ends_with("_count"))).unwrap_or_default()
}

/// Checks that the URL of a nested object, if it names an endpoint, names the right one.
fn check_endpoint<E: de::Error>(url: &str, wanted: &str) -> Result<(), E> {
    let other = if is_of_endpoint(url, wanted) { None } else { endpoint_of_url(url) };
    match other {
        Some(endpoint) => Err(E::custom(format_args!(
            "this is one of {endpoint}, not of {wanted}: a field that refers to either is a GenericFk"
        ))),
        None => Ok(()),
    }
}

/// Reads a text that may be null, and copies it only if it must.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

enum Name {
    Id,
    Url,
    Display,
    Other,
}

/// Reads the name of a member, and copies it if it is another than the three.
struct Key<'r, 't>(&'r mut Reader<'t>);

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = Name;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key<'_, '_> {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Name, E> {
        let Self(reader) = self;
        reader.found += usize::from(reader.wanted.contains(&name));
        match name {
            "id" => Ok(Name::Id),
            "url" => Ok(Name::Url),
            "display" => Ok(Name::Display),
            _ if reader.known.is_some() => Ok(Name::Other),
            _ => reader.members.name(name).map(|()| Name::Other),
        }
    }
}

#[cfg(test)]
mod tests;
