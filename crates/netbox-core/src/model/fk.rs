//! References to the objects of one model.

use std::{fmt, hash, marker::PhantomData};

use serde::{Serialize, Serializer};

use super::{link::Link, resource::Model};
use crate::{
    value::{Assign, Given, assign, key_set},
    wire::{Extent, Home},
};

/// A reference to an `M`, which is fetched on first access and then kept.
///
/// It has no fields of the `M`. For a field `site: Fk<Site>` of a device, `device.site(client)?.name` is the name of the site,
/// `device.site` shows as NetBox's name for it, and [`brief`](Fk::brief) reads the few fields that came with the device.
///
/// An `Fk` deserializes from a bare id as well as from the nested object that NetBox sends. Where the nested object has
/// all fields of `M`, the reference is resolved from the start. Concurrent callers share one request, and get the same
/// object or the same error. A client of another NetBox or another branch gets the object of its own NetBox and branch.
/// References are compared, shown and written by the id alone, never by the object.
///
/// # Examples
///
/// ```
/// use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
///
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "dcim/regions")]
/// struct Region {
///     id: u64,
///     name: String,
///     #[fk]
///     parent: Option<Fk<Region>>,
/// }
///
/// fn path(client: &Client<Blocking>, region: &Region) -> Result<String, Error> {
///     Ok(match region.parent(client)? {
///         Some(parent) => format!("{} / {}", path(client, parent)?, region.name),
///         None => region.name.clone(),
///     })
/// }
/// ```
pub struct Fk<M> {
    pub(crate) link: Link,
    target: PhantomData<fn() -> M>,
}

impl<M> Fk<M> {
    /// The reference to the object with that id.
    pub fn new(id: u64) -> Self {
        Self::of(Link::new(id, None, None))
    }

    pub(crate) fn of(link: Link) -> Self {
        Self { link, target: PhantomData }
    }

    /// The id of the object.
    pub fn id(&self) -> u64 {
        self.link.id()
    }

    /// NetBox's name for the object, if the reference came with it.
    ///
    /// ```
    /// # use netbox_core::{Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// let site: Fk<Site> = serde_json::from_str(r#"{"id": 7, "display": "Berlin"}"#)?;
    /// assert_eq!(site.display(), Some("Berlin"));
    /// assert_eq!((site.to_string(), Fk::<Site>::new(7).to_string()), ("Berlin".to_owned(), "7".to_owned()));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn display(&self) -> Option<&str> {
        self.link.display()
    }
}

impl<M: 'static> Fk<M> {
    /// Whether the object is here already, so that [`get`](Fk::get), with the client that read the object, sends no
    /// request.
    pub fn is_resolved(&self) -> bool {
        self.cached().is_some()
    }

    /// The object, if it is here already; if clients of several branches fetched it, the first that came.
    ///
    /// ```
    /// # use netbox_core::{Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/regions")] struct Region { id: u64, name: String }
    /// let nested: Fk<Region> = serde_json::from_str(r#"{"id": 3, "name": "Europe", "slug": "europe"}"#)?;
    /// assert_eq!(nested.cached().map(|region| &*region.name), Some("Europe"));
    /// assert!(Fk::<Region>::new(3).cached().is_none());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn cached(&self) -> Option<&M> {
        self.link.slot().first(&Extent::of::<M>())?.downcast_ref()
    }

    /// The object, if it is here already and from there.
    pub(crate) fn cached_from(&self, home: &Home) -> Option<&M> {
        self.link.slot().get(&Extent::of::<M>(), home)?.downcast_ref()
    }
}

impl<M> From<u64> for Fk<M> {
    fn from(id: u64) -> Self {
        Self::new(id)
    }
}

impl<M> Clone for Fk<M> {
    fn clone(&self) -> Self {
        Self::of(self.link.clone())
    }
}

/// Compares by id: a resolved reference equals an unresolved one.
impl<M> PartialEq for Fk<M> {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl<M> Eq for Fk<M> {}

/// By id.
impl<M> PartialOrd for Fk<M> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By id.
impl<M> Ord for Fk<M> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id().cmp(&other.id())
    }
}

impl<M> hash::Hash for Fk<M> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.id().hash(state);
    }
}

#[allow(clippy::missing_fields_in_debug, reason = "the object could be a whole tree, or refer back to here")]
impl<M: 'static> fmt::Debug for Fk<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Fk");
        fields.field("id", &self.id());
        if let Some(display) = self.display() {
            fields.field("display", &display);
        }
        fields.field("resolved", &self.is_resolved()).finish()
    }
}

/// NetBox's name for the object, or else its id.
impl<M> fmt::Display for Fk<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.display() {
            Some(display) => f.pad(display),
            None => self.id().fmt(f),
        }
    }
}

/// Writes the id, as NetBox expects.
impl<M> Serialize for Fk<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.id())
    }
}

assign! {
    [M: Model] Fk<M>:
        u64 | &u64 => |id| Given::of(&id),
        &M => |model| Given::of(&model.id());
}

/// Lists of references. A `Vec` of any `X` would be a `Vec<Fk<M>>` too, which serde writes.
macro_rules! assign_list {
    ($([$($generics:tt)*] $list:ty $(where $item:ty)?;)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<$($generics)*> Assign<Vec<Fk<M>>> for $list
            $(where $item: Assign<Fk<M>>)?
            {
                fn give(self) -> Given {
                    list(self.into_iter().map(Assign::<Fk<M>>::give))
                }
            }
        )+
    };
}

assign_list! {
    [M: Model, X, const N: usize] [X; N] where X;
    ['l, M: Model, X, const N: usize] &'l [X; N] where &'l X;
    ['l, M: Model, X] &'l [X] where &'l X;
    ['l, M: Model, X] Vec<&'l X> where &'l X;
    [M: Model] Vec<u64>;
    [M: Model] &Vec<u64>;
    [M: Model] &Vec<M>;
}

/// References that were given one by one, as a set if all of them are ids.
pub(crate) fn list(given: impl Iterator<Item = Given>) -> Given {
    let values: Result<Vec<_>, _> = given.map(Given::into_value).collect();
    values.map_or_else(
        |why| Given::refused(&why),
        |values| {
            let ids: Option<Vec<u64>> = values.iter().map(serde_json::Value::as_u64).collect();
            Given::of(&ids.map_or_else(|| values.into(), |ids| key_set(ids.into_iter())))
        },
    )
}
