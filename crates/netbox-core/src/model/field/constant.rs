use std::{fmt, marker::PhantomData};

use super::{
    lookup::kind::{Filtered, Unfiltered},
    order::Order,
};

/// The field of model `M` that holds a `V`.
///
/// [`derive(NetboxModel)`](derive@crate::NetboxModel) makes a constant of each field: `Site::NAME` is a
/// `Field<Site, String>`. Which lookups it has follows from `V`, see [`Lookup`](crate::Lookup); a field that NetBox has no
/// filter by is a `Field<M, V, kind::Unfiltered>` and has none.
///
/// ```
/// # use netbox_core::{Field, Model};
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
    filtered: PhantomData<fn(F)>,
}

impl<M, V> Field<M, V> {
    /// The field that NetBox's JSON calls `name`, and that `get` finds in the model.
    pub const fn new(name: &'static str, get: fn(&M) -> &V) -> Self {
        Self {
            name,
            filter: None,
            written: None,
            read_only: false,
            generic: false,
            polymorphic: false,
            get,
            filtered: PhantomData,
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
        let Self { name, filter, written, read_only, generic, polymorphic, get, filtered: _ } = self;
        Field { name, filter, written, read_only, generic, polymorphic, get, filtered: PhantomData }
    }
}

impl<M, V, F> Field<M, V, F> {
    /// The same field, where NetBox takes it by another name: `#[netbox(write = "parent_object")]` on `parent`.
    #[must_use]
    pub const fn written_as(mut self, name: &'static str) -> Self {
        self.written = Some(name);
        self
    }

    /// The same field, where NetBox ignores it in what is written: `#[netbox(read_only)]`.
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

    pub(crate) const fn is_polymorphic(self) -> bool {
        self.polymorphic
    }

    pub(crate) const fn is_generic(self) -> bool {
        self.generic
    }

    /// Whether NetBox ignores this field in what is written.
    pub const fn is_read_only(self) -> bool {
        self.read_only
    }

    /// The name that it is written by; of a [`GenericFk`](crate::GenericFk) without `_type` and `_id`.
    pub(crate) const fn written_name(self) -> &'static str {
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

    pub(crate) const fn getter(self) -> fn(&M) -> &V {
        self.get
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
