use std::{fmt, marker::PhantomData};

use serde::Serialize;
use serde_json::{Value, json};

use super::{message::Message, reference::TagRef};
use crate::{
    model::{Body, CUSTOM_FIELDS, Field},
    names::{ADD_TAGS, CHANGELOG_MESSAGE, Purpose, REMOVE_TAGS, TAGS},
    value::{AnyField, Assign, Clear, Given, polymorphic, to_json},
    wire::{Error, Version, since},
};

/// A change of an object of model `M`: fields to set and fields to clear; all others are kept.
///
/// [`Client::create`](crate::Client::create) and [`Client::update`](crate::Client::update) take a patch, and
/// [`Record::changes`](crate::Record::changes) returns one. In place of a patch, they also take any value that serde
/// writes as a map: `client.create::<Site>(json!({"name": "AMS", "slug": "ams"}))`.
///
/// A call that takes a patch with a mistake returns an error before anything is sent.
///
/// # Examples
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel, Patch, Ref, value::Choice};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "tenancy/tenants")] struct Tenant { id: u64 }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")]
/// # struct Rack { id: u64, name: String, status: Choice, u_height: u16, #[fk] site: Fk<Site>, #[fk] tenant: Option<Fk<Tenant>> }
/// fn run(client: &Client<Blocking>) -> Result<(), Error> {
///     let site = client.get::<Site>(1)?;
///     let rack = client.create::<Rack>(
///         Patch::new()
///             .set(Rack::NAME, "R1")
///             .set(Rack::SITE, &site)
///             .set(Rack::TENANT, Ref::by("slug", "acme"))
///             .custom_field("audited", "2026-11-25"),
///     )?;
///     let patch = Patch::new().clear(Rack::TENANT).set(Rack::U_HEIGHT, 48).add_tags(["spare"]).message("tenant left");
///     client.update::<Rack>(rack.id, patch)?;
///     Ok(())
/// }
/// ```
#[must_use = "a patch writes nothing before it is given to `create` or `update`"]
pub struct Patch<M> {
    body: Body,
    refused: Option<String>,
    model: PhantomData<fn(&M)>,
}

impl<M> Patch<M> {
    /// A patch that changes nothing.
    pub fn new() -> Self {
        Self { body: Body::new(), refused: None, model: PhantomData }
    }

    /// Sets a field. A list is replaced as a whole.
    ///
    /// ```
    /// # use netbox_core::{Fk, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "tenancy/tenants")] struct Tenant { id: u64 }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")]
    /// # struct Rack { id: u64, name: String, u_height: u16, #[fk] tenant: Option<Fk<Tenant>> }
    /// let patch = Patch::new().set(Rack::NAME, "R1").set(Rack::U_HEIGHT, 48);
    /// assert_eq!(patch.value::<u16>("u_height"), Some(48));
    /// ```
    pub fn set<V, F>(self, field: Field<M, V, F>, value: impl Assign<V>) -> Self {
        self.put(field, value.give())
    }

    /// Empties a field: sets an optional field to null, and a list to an empty one. NetBox seldom has null for text:
    /// empty a text with `set(field, "")`.
    ///
    /// ```
    /// # use netbox_core::{Fk, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "tenancy/tenants")] struct Tenant { id: u64 }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")]
    /// # struct Rack { id: u64, name: String, u_height: u16, #[fk] tenant: Option<Fk<Tenant>> }
    /// let patch = Patch::new().clear(Rack::TENANT);
    /// assert_eq!(patch.value::<Option<u64>>("tenant"), Some(None));
    /// ```
    pub fn clear<V: Clear, F>(self, field: Field<M, V, F>) -> Self {
        self.put(field, V::cleared())
    }

    /// Sets a field by its name in NetBox's JSON. A map of custom fields sets those in it and keeps the others of the patch;
    /// `add_tags` and `remove_tags` add to the tags that the patch has.
    ///
    /// ```
    /// # use netbox_core::{Object, Patch};
    /// let context = serde_json::json!({"ntp": ["10.0.0.1"]});
    /// let patch: Patch<Object> = Patch::new().field("local_context_data", &context);
    /// assert_eq!(patch.value("local_context_data"), Some(context));
    /// ```
    pub fn field(self, name: &str, value: impl Assign<AnyField>) -> Self {
        self.insert(name, value.give())
    }

    /// Sets a custom field; other custom fields keep their values. Null, as in `None::<u64>`, clears it.
    ///
    /// ```
    /// # use netbox_core::{Object, Patch};
    /// let patch: Patch<Object> = Patch::new().custom_field("tier", "a").custom_field("cost", None::<u64>);
    /// assert_eq!(patch.value("custom_fields"), Some(serde_json::json!({"tier": "a", "cost": null})));
    /// ```
    pub fn custom_field(mut self, name: &str, value: impl Assign<AnyField>) -> Self {
        match value.give().into_value() {
            Ok(value) => {
                self.add(CUSTOM_FIELDS, json!({ name: value }));
                self
            }
            Err(why) => self.refuse(format!("the custom field `{name}`: {why}")),
        }
    }

    /// Adds tags to those that the object has. NetBox does that from 4.6 on; for an older one, set all tags.
    ///
    /// ```
    /// # use netbox_core::{Object, Patch};
    /// let patch: Patch<Object> = Patch::new().add_tags(["spare", "tested"]).remove_tags(["in-use"]);
    /// assert_eq!(patch.value("remove_tags"), Some(serde_json::json!([{"slug": "in-use"}])));
    /// ```
    pub fn add_tags<G: Into<TagRef>>(self, tags: impl IntoIterator<Item = G>) -> Self {
        self.tags(ADD_TAGS, tags)
    }

    /// Removes tags from the object, if it has them; see [`add_tags`](Patch::add_tags).
    pub fn remove_tags<G: Into<TagRef>>(self, tags: impl IntoIterator<Item = G>) -> Self {
        self.tags(REMOVE_TAGS, tags)
    }

    /// Sets the message for the change log: at most 200 characters. NetBox takes a message from 4.4 on, and drops it if
    /// nothing changes.
    pub fn message(mut self, text: impl Into<String>) -> Self {
        match Message::new(text) {
            Ok(message) => {
                self.body.insert(CHANGELOG_MESSAGE.to_owned(), message.into_text().into());
                self
            }
            Err(error) => self.refuse(error.to_string()),
        }
    }

    /// Whether the patch changes nothing.
    ///
    /// ```
    /// # use netbox_core::{Object, Patch};
    /// let patch: Patch<Object> = Patch::new().message("nothing to do");
    /// assert!(patch.is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.refused.is_none() && self.body.keys().all(|name| name == CHANGELOG_MESSAGE)
    }

    /// The mistake that would keep this patch from being sent whatever the endpoint, such as a value that JSON lacks, a
    /// read-only field, or a tag that is both added and removed.
    ///
    /// # Errors
    ///
    /// That mistake, as [`Client::create`](crate::Client::create) would return it.
    pub fn check(&self) -> Result<(), Error> {
        match self.refused.clone().or_else(|| nonsense(&self.body, Purpose::Update)) {
            Some(why) => Err(Error::unwritable(why)),
            None => Ok(()),
        }
    }

    /// The names of the fields that are written.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.body.keys().map(String::as_str)
    }

    /// The value that the field of that name in NetBox's JSON is set to; `None` if it is kept, or set to another type.
    pub fn value<V: serde::de::DeserializeOwned>(&self, name: &str) -> Option<V> {
        V::deserialize(self.body.get(name)?).ok()
    }

    pub(crate) fn of_body(body: Body) -> Self {
        Self { body, ..Self::new() }
    }

    /// This, and then what `more` says; of custom fields, and of tags that are added or removed, both.
    pub(crate) fn and(mut self, more: Self) -> Self {
        for (name, value) in more.body {
            self.add(&name, value);
        }
        self.refused = self.refused.or(more.refused);
        self
    }

    pub(crate) fn retyped<N>(self) -> Patch<N> {
        Patch { body: self.body, refused: self.refused, model: PhantomData }
    }

    /// The version that NetBox must have so that it does not ignore a part of this, and the name of that part.
    pub(crate) fn since(&self) -> Option<(Version, &'static str)> {
        let parts = [
            (ADD_TAGS, since::TAG_CHANGES),
            (REMOVE_TAGS, since::TAG_CHANGES),
            (CHANGELOG_MESSAGE, since::CHANGELOG_MESSAGE),
        ];
        parts.into_iter().find(|(name, _)| self.body.contains_key(*name)).map(|(name, since)| (since, name))
    }

    /// The body to send.
    ///
    /// # Errors
    ///
    /// If something in the patch makes no sense to any NetBox.
    pub(crate) fn into_body(self, purpose: Purpose) -> Result<Body, Error> {
        match self.refused.or_else(|| nonsense(&self.body, purpose)) {
            Some(why) => Err(Error::unwritable(why)),
            None => Ok(self.body),
        }
    }

    fn tags<G: Into<TagRef>>(mut self, name: &str, tags: impl IntoIterator<Item = G>) -> Self {
        let tags: Result<Vec<_>, _> = tags.into_iter().map(|tag| tag.into().0).collect();
        let tags = match tags {
            Ok(tags) => tags,
            Err(why) => return self.refuse(format!("`{name}`: {why}")),
        };
        self.add(name, tags.into());
        self
    }

    /// Sets a field, and adds to what is said already of custom fields, and of tags that are added or removed: what the
    /// caller says of one of them is no word on another.
    fn add(&mut self, name: &str, value: Value) {
        match (self.body.get_mut(name), value) {
            (Some(Value::Object(ours)), Value::Object(theirs)) if name == CUSTOM_FIELDS => {
                ours.extend(theirs);
            }
            (Some(Value::Array(ours)), Value::Array(theirs)) if name == ADD_TAGS || name == REMOVE_TAGS => {
                ours.extend(theirs);
            }
            (_, value) => {
                self.body.insert(name.to_owned(), value);
            }
        }
    }

    fn put<V, F>(mut self, field: Field<M, V, F>, value: Given) -> Self {
        let name = field.written_name();
        if field.is_read_only() {
            return self.refuse(format!("`{}` is read-only: NetBox would ignore it", field.name()));
        }
        if field.is_polymorphic() {
            return self.insert(name, value.map(|references| polymorphic(&references)));
        }
        if !field.is_generic() {
            return self.insert(name, value);
        }
        match value.into_value() {
            Ok(key) => {
                for part in ["type", "id"] {
                    let value = key.get(format!("object_{part}")).cloned().unwrap_or_default();
                    self.body.insert(format!("{name}_{part}"), value);
                }
                self
            }
            Err(why) => self.refuse(format!("`{name}`: {why}")),
        }
    }

    fn insert(mut self, name: &str, value: Given) -> Self {
        match value.into_value() {
            Ok(value) => {
                self.add(name, value);
                self
            }
            Err(why) => self.refuse(format!("`{name}`: {why}")),
        }
    }

    /// Makes sending this an error, for the first reason that was given.
    pub(crate) fn refuse(mut self, why: String) -> Self {
        self.refused.get_or_insert(why);
        self
    }
}

/// The part of `body` that NetBox would ignore, or fail on, whatever the endpoint.
fn nonsense(body: &Body, purpose: Purpose) -> Option<String> {
    let (add, remove) = (body.get(ADD_TAGS), body.get(REMOVE_TAGS));
    if body.contains_key(TAGS) && (add.is_some() || remove.is_some()) {
        return Some("tags are either set, or added and removed: NetBox ignores one of both".to_owned());
    }
    if remove.is_some() && purpose == Purpose::Create {
        return Some("a new object has no tags that could be removed".to_owned());
    }
    if let (Some(Value::Array(add)), Some(Value::Array(remove))) = (add, remove)
        && let Some(both) = add.iter().find(|tag| remove.contains(tag))
    {
        return Some(format!("the tag {both} is both added and removed"));
    }
    None
}

impl<M> Default for Patch<M> {
    fn default() -> Self {
        Self::new()
    }
}

impl<M> Clone for Patch<M> {
    fn clone(&self) -> Self {
        Self { body: self.body.clone(), refused: self.refused.clone(), model: PhantomData }
    }
}

/// By what is written: the order in which fields were set does not matter.
impl<M> PartialEq for Patch<M> {
    fn eq(&self, other: &Self) -> bool {
        (&self.body, &self.refused) == (&other.body, &other.refused)
    }
}

/// A [`Patch`], or a value that serde writes as a map of fields, with NetBox's names.
///
/// No other type can implement this trait.
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, NetboxModel};
/// use netbox_core::{Patch, patch::IntoPatch};
/// use serde_json::json;
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String, slug: String }
/// fn add(client: &Client<Blocking>, site: impl IntoPatch<Site>) -> Result<u64, Error> {
///     Ok(client.create::<Site>(site)?.id)
/// }
///
/// fn fill(client: &Client<Blocking>) -> Result<(), Error> {
///     add(client, Patch::new().set(Site::NAME, "Berlin").set(Site::SLUG, "berlin"))?;
///     add(client, json!({"name": "Paris", "slug": "paris"}))?;
///     Ok(())
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no patch of a `{M}`",
    note = "a patch is a `Patch<{M}>`, or a value that serde can write, such as `serde_json::json!({{…}})`",
    note = "the new objects of a pool, such as `prefix.available_prefixes()`, are each an `Object` unless `.of::<Prefix>()` \
            names their model"
)]
pub trait IntoPatch<M>: sealed::Sealed<M> {
    /// The patch.
    #[doc(hidden)]
    fn into_patch(self) -> Patch<M>;
}

impl<M> IntoPatch<M> for Patch<M> {
    fn into_patch(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<M, S: Serialize> IntoPatch<M> for S {
    fn into_patch(self) -> Patch<M> {
        Patch::from(&self)
    }
}

/// The map of fields that serde writes, with names as NetBox has them.
impl<M, S: Serialize + ?Sized> From<&S> for Patch<M> {
    fn from(map: &S) -> Self {
        match to_json(map) {
            Ok(Value::Object(body)) => Self::of_body(body),
            Ok(_) => Self::new().refuse("the patch is not a map of fields".to_owned()),
            Err(error) => Self::new().refuse(format!("the patch can't be written as JSON: {error}")),
        }
    }
}

mod sealed {
    pub trait Sealed<M> {}
    impl<M> Sealed<M> for super::Patch<M> {}
    impl<M, S: serde::Serialize> Sealed<M> for S {}
}

/// The names alone: a value may be a password.
impl<M> fmt::Debug for Patch<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Patch").field(&self.names().collect::<Vec<_>>()).finish()
    }
}

#[cfg(test)]
mod tests;
