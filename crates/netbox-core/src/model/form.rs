use std::collections::BTreeSet;

use netbox_schema::{Endpoint, Kind, endpoint as endpoint_at, endpoints, is_read_only_name};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::generic::GenericFk;
use crate::{
    value::{Decimal, key_set, to_json, written},
    wire::Error,
};

/// The JSON of a request: names and values as NetBox takes them.
pub(crate) type Body = Map<String, Value>;

/// The field that holds all custom fields.
pub(crate) const CUSTOM_FIELDS: &str = "custom_fields";

/// The fields of an object that can be written, in the form in which NetBox takes them; filled by
/// [`Model::write`](crate::Model::write).
///
/// A record compares its form at the time of reading with its present form, and sends the fields that differ.
///
/// ```
/// use netbox_core::{Fk, Model, patch::Form};
/// # use netbox_core::NetboxModel;
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64 }
/// #[derive(serde::Deserialize)]
/// struct Vlan { id: u64, vid: u16, prefix_count: u64, tags: Vec<Fk<Tag>> }
///
/// impl Model for Vlan {
///     const ENDPOINT: &'static str = "ipam/vlans";
///
///     fn id(&self) -> u64 {
///         self.id
///     }
///
///     fn write(&self, form: &mut Form) {
///         form.field("vid", &self.vid);
///         form.keys("tags", self.tags.iter().map(Fk::id));
///         form.read_only("prefix_count", &self.prefix_count);
///     }
/// }
///
/// let vlan: Vlan = serde_json::from_str(r#"{"id": 7, "vid": 100, "prefix_count": 2, "tags": [5, 3]}"#)?;
/// let mut form = Form::default();
/// vlan.write(&mut form);
/// assert_eq!((form.value("vid"), form.value("tags")), (Some(100), Some(vec![3, 5])));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// The endpoint of the object, which determines what its fields hold.
    endpoint: String,
    fields: Body,
    /// The values that NetBox ignores, kept so that a change of one can be reported.
    read_only: Body,
    /// The names of generic references, whose two halves go out together.
    generic: Vec<String>,
    refused: Option<String>,
}

impl Form {
    /// Puts in a field, by its name in NetBox's JSON. serde writes the value: a [`Choice`](crate::value::Choice) as its bare
    /// value, an [`Fk`](crate::Fk) as its id.
    pub fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        match to_json(value) {
            Ok(value) if is_read_only_name(name) => {
                self.read_only.insert(name.to_owned(), value);
            }
            Ok(value) => {
                self.fields.insert(name.to_owned(), value);
            }
            Err(error) => self.refuse(format!("`{name}` can't be written as JSON: {error}")),
        }
    }

    /// Puts in a field that NetBox ignores in writes; saving a record with a change of the field is an error.
    pub fn read_only(&mut self, name: &str, value: &(impl Serialize + ?Sized)) {
        if let Ok(value) = to_json(value) {
            self.read_only.insert(name.to_owned(), value);
        }
    }

    /// Puts in a list of references, by their ids. The list is a set to NetBox, so that its order makes no difference.
    pub fn keys(&mut self, name: &str, ids: impl IntoIterator<Item = u64>) {
        self.field(name, &key_set(ids.into_iter()));
    }

    /// Puts in a generic reference, which NetBox takes as `{name}_type` and `{name}_id`.
    ///
    /// If the model has fields of these names, their values are written instead.
    pub fn generic(&mut self, name: &str, key: Option<&GenericFk>) {
        let pair =
            [("type", key.map(|key| key.object_type().into())), ("id", key.map(|key| key.id().into()))];
        if !self.fields.contains_key(&format!("{name}_id")) {
            self.generic.push(name.to_owned());
        }
        for (part, value) in pair {
            let part = format!("{name}_{part}");
            let value = value.unwrap_or(Value::Null);
            if self.fields.contains_key(&part) {
                self.read_only.insert(format!("{name} (beside `{part}`)"), value);
            } else {
                self.fields.insert(part, value);
            }
        }
    }

    /// The names of all fields that were put in, including those that NetBox ignores.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().chain(self.read_only.keys()).map(String::as_str)
    }

    /// The value of the field of that name, as it is written; `None` if there is no such field, or its value is of
    /// another type.
    pub fn value<V: serde::de::DeserializeOwned>(&self, name: &str) -> Option<V> {
        let value = self.fields.get(name).or_else(|| self.read_only.get(name))?;
        V::deserialize(value).ok()
    }

    /// Makes writing the object an error, with the reason `why`. Reading is not affected.
    pub fn refuse(&mut self, why: impl Into<String>) {
        self.refused.get_or_insert(why.into());
    }

    /// The empty form of an object of `endpoint`.
    pub(super) fn at(endpoint: &str) -> Self {
        Self { endpoint: endpoint.to_owned(), ..Self::default() }
    }

    /// Puts in the fields of an object as NetBox sends them, except those in `set`, which are in the form of a write
    /// already. The custom fields stay as they are: which of them were set shows in what they were before.
    pub(super) fn read(&mut self, object: &Map<String, Value>, set: &BTreeSet<String>) {
        for (name, value) in object {
            if is_read_only_name(name) {
                self.read_only.insert(name.clone(), value.clone());
            } else if name == CUSTOM_FIELDS || set.contains(name) || self.is_free(name) {
                self.fields.insert(name.clone(), value.clone());
            } else {
                self.fields.insert(name.clone(), written(value));
            }
        }
    }

    /// The body that turns `before` into this form: the fields and the custom fields that differ.
    pub(crate) fn changes_since(&self, before: &Self) -> Result<Body, Error> {
        self.check()?;
        before.check()?;
        let changed = |fields: &Body, before: &Body| -> Vec<String> {
            let differs = |(name, now): &(&String, &Value)| {
                before.get(*name).is_none_or(|before| !self.is_same(name, before, now))
            };
            fields.iter().filter(differs).map(|(name, _)| name.clone()).collect()
        };
        let fixed = changed(&self.read_only, &before.read_only);
        if !fixed.is_empty() {
            let names: Vec<_> = fixed.iter().map(|name| format!("`{name}`")).collect();
            return Err(Error::unwritable(format!(
                "{} changed, which NetBox does not let anybody write: read the object again",
                names.join(", ")
            )));
        }
        if let Some(gone) = before.fields.keys().find(|name| !self.fields.contains_key(*name)) {
            return Err(Error::unwritable(format!(
                "`{gone}` was taken out of the object: set it to null to clear it"
            )));
        }
        let mut body = Body::new();
        let mut names = changed(&self.fields, &before.fields);
        for key in &self.generic {
            let halves = [format!("{key}_type"), format!("{key}_id")];
            if names.iter().any(|name| halves.contains(name)) {
                names.extend(halves);
            }
        }
        for name in names {
            let now = &self.fields[&name];
            let value = match (name.as_str(), now, before.fields.get(&name)) {
                (CUSTOM_FIELDS, Value::Object(now), Some(Value::Object(before))) => {
                    let changed = changed_custom_fields(before, now);
                    // One that was null is gone, or only the form of a value changed.
                    if changed.is_empty() {
                        continue;
                    }
                    changed.into()
                }
                _ => now.clone(),
            };
            body.insert(name, value);
        }
        Ok(body)
    }

    /// Whether an object that has this form now is the one that `before` was read of, as far as can be told: by the time
    /// of its last change, or else by what both have of it. Some of that NetBox computes, so the time is the better sign.
    pub(crate) fn is_same_as(&self, before: &Self) -> bool {
        let last_updated =
            |form: &Self| form.read_only.get("last_updated").filter(|time| !time.is_null()).cloned();
        match (last_updated(self), last_updated(before)) {
            (Some(now), Some(then)) => now == then,
            _ => self.fields.iter().all(|(name, now)| match (before.fields.get(name), now) {
                // NetBox shows parts of the objects that they refer to, which may have changed.
                (Some(Value::Object(before)), Value::Object(now)) if name == CUSTOM_FIELDS => {
                    let written = |fields: &Body| -> Vec<_> {
                        fields.iter().map(|(name, value)| (name.clone(), written(value))).collect()
                    };
                    written(before) == written(now)
                }
                (before, now) => before.is_none_or(|before| self.is_same(name, before, now)),
            }),
        }
    }

    /// All fields that can be written, except custom fields: NetBox keeps those that are not sent.
    pub(crate) fn into_whole(mut self) -> Result<Body, Error> {
        self.check()?;
        self.fields.remove(CUSTOM_FIELDS);
        Ok(self.fields)
    }

    fn check(&self) -> Result<(), Error> {
        self.refused.as_ref().map_or(Ok(()), |why| Err(Error::unwritable(why.clone())))
    }

    /// Whether writing `now` to the field `name` leaves it as it is `before`. Where NetBox sends a number, it also takes
    /// one that is spelled in a string, as [`Decimal`] may be written.
    fn is_same(&self, name: &str, before: &Value, now: &Value) -> bool {
        is_same(before, now)
            || before.is_number() && now.is_string() && !self.is_free(name) && decimal(before) == decimal(now)
    }

    fn is_free(&self, name: &str) -> bool {
        is_free(&self.endpoint, name)
    }
}

/// Whether the field `name` holds JSON of the user's own, which may look like anything. At an endpoint that is not
/// NetBox's own, it does if a field of that name does anywhere.
pub(crate) fn is_free(endpoint: &str, name: &str) -> bool {
    let is_free = |endpoint: Endpoint| {
        endpoint.field(name).is_some_and(|field| matches!(field.kind(), Kind::Json | Kind::Object))
    };
    endpoint_at(endpoint).map_or_else(|| endpoints().any(is_free), is_free)
}

/// Whether two values are equal: numbers by value, so that `1` and `1.0` are.
fn is_same(one: &Value, other: &Value) -> bool {
    one == other || one.is_number() && other.is_number() && decimal(one) == decimal(other)
}

/// The custom fields that differ; one that was taken out of the map is cleared.
fn changed_custom_fields(before: &Body, now: &Body) -> Body {
    let mut changed = now.clone();
    changed.retain(|name, now| before.get(name).is_none_or(|before| !is_left(before, now)));
    let gone = before.iter().filter(|(name, value)| !now.contains_key(*name) && !value.is_null());
    changed.extend(gone.map(|(name, _)| (name.clone(), Value::Null)));
    changed
}

/// Whether writing `now` to a custom field leaves it as it is `before`, in the form in which NetBox sends it.
fn is_left(before: &Value, now: &Value) -> bool {
    // The choices of custom fields are texts.
    let is_own = before.get("value").is_some_and(|value| !value.is_string());
    is_same(before, now) || !is_own && is_same(&written(before), now)
}

/// The number that `value` is or spells.
fn decimal(value: &Value) -> Option<Decimal> {
    Decimal::deserialize(value).ok()
}

#[cfg(test)]
mod tests;
