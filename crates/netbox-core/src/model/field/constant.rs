use std::{fmt, marker::PhantomData};

use super::{
    lookup::kind::{Filtered, Unfiltered},
    order::Order,
    read::{ReadBy, Reads},
};
use crate::model::{
    part::{SameAs, SameKey},
    target::is_same,
};

/// The field of model `M` that holds a `V`.
///
/// [`derive(NetboxModel)`](derive@crate::NetboxModel) makes a constant of each field: `Site::NAME` is a
/// `Field<Site, String>`. Which lookups it has follows from `V`, see [`Lookup`](crate::field::Lookup); a field that NetBox has no
/// filter by is a `Field<M, V, kind::Unfiltered>` and has none.
///
/// ```
/// # use netbox_core::{Model, field::Field};
/// # #[derive(serde::Deserialize)] struct Site { id: u64, name: String }
/// # impl Model for Site { const ENDPOINT: &'static str = "dcim/sites"; fn id(&self) -> u64 { self.id } }
/// # impl Site { const NAME: Field<Site, String> = Field::new("name", |site| &site.name); }
/// let filter = Site::NAME.starts_with("DM-");
/// let order = Site::NAME.desc();
/// assert_eq!(Site::NAME.name(), "name");
/// ```
pub struct Field<M, V, F = Filtered> {
    name: &'static str,
    filter: Option<&'static str>,
    written: Option<&'static str>,
    read_only: bool,
    generic: bool,
    polymorphic: bool,
    get: fn(&M) -> &V,
    aliases: &'static [&'static str],
    absent: Option<fn() -> V>,
    kind: PhantomData<fn(F)>,
}

impl<M, V> Field<M, V> {
    /// The field `name` of NetBox's JSON, which `get` finds in the model.
    pub const fn new(name: &'static str, get: fn(&M) -> &V) -> Self {
        Self {
            name,
            filter: None,
            written: None,
            read_only: false,
            generic: false,
            polymorphic: false,
            get,
            aliases: &[],
            absent: None,
            kind: PhantomData,
        }
    }

    /// The same field, where NetBox filters it by another name: `#[netbox(filter = "asn")]` on `asns`.
    #[must_use]
    pub const fn filtered_as(mut self, filter: &'static str) -> Self {
        self.filter = Some(filter);
        self
    }

    /// The same field, where NetBox has no filter by it.
    #[must_use]
    pub const fn unfiltered(self) -> Field<M, V, Unfiltered> {
        self.of_kind()
    }
}

impl<M, V, F> Field<M, V, F> {
    /// The same field, where NetBox takes it by another name: `#[netbox(write = "parent_object")]` on `parent`.
    #[must_use]
    pub const fn written_as(mut self, name: &'static str) -> Self {
        self.written = Some(name);
        self
    }

    /// The same field, where NetBox ignores it in writes: `#[netbox(read_only)]`.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// The same field, where it is a generic reference, which NetBox takes as `{name}_type` and `{name}_id`.
    #[must_use]
    pub const fn generic(mut self) -> Self {
        self.generic = true;
        self
    }

    /// The same field, where it refers to objects of several types, and the object is one of the plugin custom-objects. The
    /// plugin, as of version 0.7.1, takes such a reference as `{"app_label": …, "model": …, "object_id": …}`.
    #[must_use]
    pub const fn polymorphic(mut self) -> Self {
        self.polymorphic = true;
        self
    }

    /// The same field, where serde reads it by other names as well: `#[serde(alias = "role")]` on `device_role`.
    #[must_use]
    pub const fn also_read_as(mut self, names: &'static [&'static str]) -> Self {
        self.aliases = names;
        self
    }

    /// The same field, where `default` makes its value if NetBox's JSON has none: `#[serde(default)]`.
    #[must_use]
    pub const fn or_else(mut self, default: fn() -> V) -> Self {
        self.absent = Some(default);
        self
    }

    /// The same field, where the function of `R` reads it: `#[serde(deserialize_with = "…")]`.
    #[doc(hidden)]
    #[must_use]
    pub const fn read_by<R>(self) -> Field<M, V, ReadBy<F, R>> {
        self.of_kind()
    }

    /// `part`, the same field of a struct that has some fields of `M`: NetBox filters and takes it like this one.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn lent<N, W>(self, part: Field<N, W>, by_function: bool, optional: bool) -> Field<N, W>
    where
        F: Reads<V>,
        W: SameAs<V>,
    {
        self.lent_as_is(part, by_function, optional)
    }

    /// As [`lent`](Self::lent), of a foreign key, which may be to some fields of the same objects.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn lent_key<N, W>(self, part: Field<N, W>, by_function: bool, optional: bool) -> Field<N, W>
    where
        F: Reads<V>,
        W: SameKey<V>,
    {
        assert!(
            W::IS_SAME,
            "this is a key to objects of another endpoint than the one that the model of `of` has here"
        );
        self.lent_as_is(part, by_function, optional)
    }

    #[track_caller]
    const fn lent_as_is<N, W>(self, mut part: Field<N, W>, by_function: bool, optional: bool) -> Field<N, W>
    where
        F: Reads<V>,
    {
        assert!(
            is_same(self.name, part.name),
            "the model of `of` reads this field by another name: give it the same `#[serde(rename = …)]`"
        );
        assert!(
            by_function || !F::BY_FUNCTION,
            "the model of `of` reads this field by a function: give it the same `#[serde(deserialize_with = …)]`"
        );
        assert!(
            part.absent.is_some() || self.absent.is_none() || (optional && !by_function),
            "not every NetBox has this field, and the model of `of` does without it: give it the same `#[serde(default)]`"
        );
        part.filter = self.filter;
        part.written = self.written;
        part.read_only = self.read_only;
        part.generic = self.generic;
        part.polymorphic = self.polymorphic;
        part
    }

    pub(crate) const fn of_kind<G>(self) -> Field<M, V, G> {
        let Self { name, filter, written, read_only, generic, polymorphic, get, aliases, absent, kind: _ } =
            self;
        let kind = PhantomData;
        Field { name, filter, written, read_only, generic, polymorphic, get, aliases, absent, kind }
    }

    /// The other names that serde reads it by.
    pub(crate) const fn aliases(self) -> &'static [&'static str] {
        self.aliases
    }

    /// The value where NetBox's JSON has none, or else the error that serde gives for a model.
    pub(crate) fn absent<E: serde::de::Error>(self) -> Result<V, E>
    where
        F: Reads<V>,
    {
        match self.absent {
            Some(default) => Ok(default()),
            None => F::absent(self.name),
        }
    }

    #[doc(hidden)]
    pub const fn is_polymorphic(self) -> bool {
        self.polymorphic
    }

    pub(crate) const fn is_generic(self) -> bool {
        self.generic
    }

    /// Whether NetBox ignores this field in writes.
    pub const fn is_read_only(self) -> bool {
        self.read_only
    }

    /// The name that the field is written by; for a [`GenericFk`](crate::fk::GenericFk), without `_type` and `_id`.
    #[doc(hidden)]
    pub const fn written_name(self) -> &'static str {
        match self.written {
            Some(name) => name,
            None => self.name,
        }
    }

    /// The name that NetBox filters it by.
    pub(super) const fn filter_name(self) -> &'static str {
        match self.filter {
            Some(filter) => filter,
            None => self.name,
        }
    }

    /// The name in NetBox's JSON.
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// This field's value in `model`.
    pub fn of(self, model: &M) -> &V {
        (self.get)(model)
    }

    /// Ascending order by this field.
    pub fn asc(self) -> Order<M> {
        Order::asc(self.name)
    }

    /// Descending order by this field.
    pub fn desc(self) -> Order<M> {
        Order::desc(self.name)
    }
}

impl<M, V, F> Clone for Field<M, V, F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M, V, F> Copy for Field<M, V, F> {}

impl<M, V, F> fmt::Debug for Field<M, V, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Field").field(&self.name).finish()
    }
}
