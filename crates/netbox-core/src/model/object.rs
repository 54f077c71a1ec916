//! Objects without a struct.

use std::{collections::BTreeMap, fmt, sync::Arc};

use netbox_schema::nearest;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    form::{Body, CUSTOM_FIELDS, Form},
    object_fk::ObjectFk,
    raw::{self, Raw},
    resource::{Resource, sealed},
};
use crate::{
    value::{AnyField, Assign, to_json},
    wire::{Error, Extent, endpoint_of_url},
};

/// Any object that NetBox sends, with its fields by name and its foreign keys recognised by their shape.
///
/// [`Client::query_at`](crate::Client::query_at) and [`Client::get_at`](crate::Client::get_at) return objects, for
/// endpoints of plugins and wherever you need no struct. A record of an object is written like any other:
/// [`set`](Object::set) some fields, and [`save`](crate::Record::save).
///
/// ```
/// use netbox_core::{Blocking, Client, Error};
///
/// fn region_of(client: &Client<Blocking>) -> Result<Option<String>, Error> {
///     let site = client.get_at("dcim/sites", 1)?;
///     println!("{} has the slug {}", site.get::<String>("name")?, site.get::<String>("slug")?);
///     site.fk("region")?.map(|region| region.get(client)?.get("name")).transpose()
/// }
/// ```
#[derive(Clone)]
pub struct Object {
    raw: Arc<Raw>,
    /// The fields that were set here, which are written as they are.
    set: BTreeMap<String, Set>,
}

#[derive(Clone)]
struct Set {
    value: Value,
    keys: Vec<ObjectFk>,
}

impl Object {
    /// The id; `None` if the object has no id that is a number.
    pub fn id(&self) -> Option<u64> {
        match self.set.get("id") {
            Some(set) => set.value.as_u64(),
            None => self.raw.id(),
        }
    }

    /// The URL that NetBox gives for this object.
    pub fn url(&self) -> Option<&str> {
        self.text("url")
    }

    /// The name by which NetBox shows this object.
    pub fn display(&self) -> Option<&str> {
        self.text("display")
    }

    /// The names of the fields.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let read = self.raw.whole();
        let set = self.set.keys().filter(|name| !read.contains_key(*name));
        read.keys().chain(set).map(String::as_str)
    }

    /// A field that holds text.
    ///
    /// ```
    /// # use netbox_core::Object;
    /// let site: Object = serde_json::from_str(r#"{"id": 7, "name": "Berlin", "facility": ""}"#)?;
    /// assert_eq!(site.text("name"), Some("Berlin"));
    /// assert_eq!((site.text("id"), site.text("nmae")), (None, None));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.set.get(name) {
            Some(set) => set.value.as_str(),
            None => self.raw.text(name),
        }
    }

    /// A field's value, as any type: `String`, `Option<u64>`, [`Choice`](crate::value::Choice), …
    ///
    /// # Errors
    ///
    /// If there is no such field, or the value is of another type.
    ///
    /// ```
    /// use netbox_core::{Object, value::Choice};
    ///
    /// # let json = r#"{"id": 7, "status": {"value": "active", "label": "Active"}, "tenant": null}"#;
    /// let site: Object = serde_json::from_str(json)?;
    /// assert_eq!(site.get::<Choice>("status")?, "active");
    /// assert_eq!(site.get::<Option<u64>>("tenant")?, None);
    /// assert!(site.get::<String>("nmae").is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn get<R: DeserializeOwned>(&self, name: &str) -> Result<R, Error> {
        self.get_if_there(name)?.ok_or_else(|| self.lacks(name))
    }

    /// As [`get`](Self::get), for a field that may not have been read: `None` if there is no such field.
    ///
    /// ```
    /// # use netbox_core::Object;
    /// let site: Object = serde_json::from_str(r#"{"id": 7, "name": "Berlin"}"#)?;
    /// assert_eq!(site.get_if_there::<String>("name")?.as_deref(), Some("Berlin"));
    /// assert_eq!(site.get_if_there::<String>("facility")?, None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If the value is of another type.
    pub fn get_if_there<R: DeserializeOwned>(&self, name: &str) -> Result<Option<R>, Error> {
        let read = match self.set.get(name) {
            Some(set) => R::deserialize(&set.value).map(Some),
            None => self.raw.field(name).map(|json| serde_json::from_slice(json.as_bytes())).transpose(),
        };
        read.map_err(|error| Error::value(name, error))
    }

    fn lacks(&self, name: &str) -> Error {
        let names: Vec<_> = self.names().collect();
        let near = nearest(name, names.iter().copied());
        let near = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
        Error::missing(format!("the object has no field `{name}`{near}: it has {}", names.join(", ")))
    }

    /// The foreign key in the field `name`; `None` if it is null, or no foreign key.
    ///
    /// # Errors
    ///
    /// If there is no such field.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn show(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let device = client.get_at("dcim/devices", 7)?;
    ///     if let Some(site) = device.fk("site")? {
    ///         println!("at {}", site.display().unwrap_or_default());              // no request
    ///         println!("in {}", site.get(client)?.get::<String>("facility")?);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn fk(&self, name: &str) -> Result<Option<&ObjectFk>, Error> {
        Ok(self.fks(name)?.first())
    }

    /// The foreign keys in the field `name`, which may be a list.
    ///
    /// # Errors
    ///
    /// If there is no such field.
    ///
    /// ```
    /// # use netbox_core::Object;
    /// # let json = r#"{"id": 7, "tags": [{"id": 3, "url": "https://h/api/extras/tags/3/", "display": "Spare", "slug": "spare"}]}"#;
    /// let device: Object = serde_json::from_str(json)?;
    /// let names: Vec<_> = device.fks("tags")?.iter().filter_map(|tag| tag.display()).collect();
    /// let tags: Vec<Object> = device.get("tags")?;  // with the other fields that came nested
    /// let slugs: Vec<_> = tags.iter().filter_map(|tag| tag.text("slug")).collect();
    /// assert_eq!((names, slugs), (vec!["Spare"], vec!["spare"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fks(&self, name: &str) -> Result<&[ObjectFk], Error> {
        let keys = match self.set.get(name) {
            Some(set) => return Ok(&set.keys),
            None => self.raw.keys(name),
        };
        if keys.is_empty() && self.raw.field(name).is_none() { Err(self.lacks(name)) } else { Ok(keys) }
    }

    /// Sets a field by its name in NetBox's JSON: to anything that serde writes, or to a record.
    ///
    /// A value is sent as it is: a selection is its value, and an object its id. A map of custom fields sets those in it, and
    /// leaves the others as they are, as NetBox does; null clears one.
    ///
    /// # Errors
    ///
    /// If the value can't be written as JSON.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error};
    /// async fn move_to(client: &Client<Async>, rack: u64) -> Result<(), Error> {
    ///     let mut device = client.get_at("dcim/devices", 7).await?;
    ///     device.set("rack", rack)?;
    ///     device.set("position", None::<u8>)?;
    ///     device.save().await?;
    ///     Ok(())
    /// }
    /// ```
    pub fn set(&mut self, name: &str, value: impl Assign<AnyField>) -> Result<(), Error> {
        let mut value =
            value.give().into_value().map_err(|why| Error::unwritable(format!("`{name}`: {why}")))?;
        if let (CUSTOM_FIELDS, Value::Object(named)) = (name, &mut value) {
            let mut all: Body = self.get(name).unwrap_or_default();
            all.append(named);
            *named = all;
        }
        let keys = ObjectFk::recognise_all(&value);
        self.set.insert(name.to_owned(), Set { value, keys });
        Ok(())
    }

    /// The whole object as another type: a model, or `serde_json::Value`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Decode`](crate::ErrorKind::Decode) if a field of the type is missing or of another type.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// #[derive(serde::Serialize, serde::Deserialize, NetboxModel)]
    /// #[netbox(endpoint = "dcim/sites")]
    /// struct Site {
    ///     id: u64,
    ///     name: String,
    /// }
    ///
    /// # fn run(client: &Client<Blocking>) -> Result<(), Error> {
    /// let object = client.get_at("dcim/sites", 1)?;
    /// let site: Site = object.to_model()?;
    /// println!("{} has {} fields", site.name, object.names().count());
    /// # Ok(()) }
    /// ```
    pub fn to_model<M: DeserializeOwned>(&self) -> Result<M, Error> {
        let what = || self.url().or(self.display()).unwrap_or("the object").to_owned();
        M::deserialize(&self.fields()).map_err(|error| Error::value(&what(), error))
    }

    /// The object with the fields that serde writes of `model`: a model, or `serde_json::json!({…})`.
    ///
    /// # Errors
    ///
    /// If serde can't write it, or writes no map of fields.
    pub fn from_model<M: Serialize + ?Sized>(model: &M) -> Result<Self, Error> {
        match to_json(model).map_err(|why| Error::unwritable(format!("the object: {why}")))? {
            Value::Object(fields) => Ok(Self { raw: Raw::of(&fields), set: BTreeMap::new() }),
            _ => Err(Error::unwritable("the object is not a map of fields")),
        }
    }

    /// All fields.
    pub(crate) fn fields(&self) -> Map<String, Value> {
        let mut fields = self.raw.whole().clone();
        fields.extend(self.set.iter().map(|(name, set)| (name.clone(), set.value.clone())));
        fields
    }
}

impl Default for Object {
    fn default() -> Self {
        Self { raw: Raw::of(&Map::new()), set: BTreeMap::new() }
    }
}

impl Resource for Object {
    const SELECTED: Option<&'static [&'static str]> = None;

    fn key(&self) -> Option<u64> {
        self.id()
    }

    /// A sub-resource may list objects that live elsewhere.
    fn home(&self) -> Option<&str> {
        self.url().and_then(endpoint_of_url)
    }

    fn object_type() -> Option<String> {
        None
    }

    fn form(&self, endpoint: &str) -> Form {
        let mut form = Form::at(endpoint);
        form.read(&self.fields(), &self.set.keys().cloned().collect());
        form
    }

    fn read<'de, D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        raw::read_json(json).map(|raw| Self { raw, set: BTreeMap::new() })
    }
}

impl sealed::Sealed for Object {}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.fields() == other.fields()
    }
}

/// Shows no values that may be secret, at any depth: NetBox sends a new token once, and the keys of wireless networks and
/// the parameters of data sources always.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shown(&self.fields().into()).fmt(f)
    }
}

/// A value without the secrets in it.
struct Shown<'v>(&'v Value);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hidden = |name: &str, value: &Value| {
            let name = name.to_ascii_lowercase();
            let endings = ["key", "psk", "secret", "token", "password", "passphrase"];
            !value.is_null() && endings.iter().any(|ending| name.ends_with(ending))
        };
        match self.0 {
            Value::Object(fields) => {
                let mut map = f.debug_map();
                for (name, value) in fields {
                    if hidden(name, value) {
                        map.entry(name, &"…");
                    } else {
                        map.entry(name, &Shown(value));
                    }
                }
                map.finish()
            }
            Value::Array(items) => f.debug_list().entries(items.iter().map(Shown)).finish(),
            value => value.fmt(f),
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        raw::read(deserializer).map(|raw| Self { raw, set: BTreeMap::new() })
    }
}

impl ObjectFk {
    /// The object, if it is here already.
    pub fn cached(&self) -> Option<&Object> {
        self.link.slot().first(&Extent::of::<Object>())?.downcast_ref()
    }
}

#[cfg(test)]
mod tests;
