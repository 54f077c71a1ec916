//! References to other objects.

use std::{fmt, sync::Arc};

use serde::{Serialize, Serializer};

use crate::{
    base::ApiPath,
    client::Client,
    error::Error,
    mode::Mode,
    model::Model,
    slot::Slot,
    transport::{Outcome, Transport},
};

mod generic;
mod keys;
mod nested;
mod object;
mod prefetch;

pub use generic::GenericFk;
pub use keys::ForeignKeys;
pub use object::ObjectFk;
pub use prefetch::{Prefetch, Then};

/// A reference to an `M`, fetched when it is first asked for and then kept.
///
/// It reads a bare id as well as the nested object that NetBox sends. Where the nested object has all of the fields
/// of `M`, the reference is resolved from the start. Two callers that ask at the same time cost one request and see
/// the same object. Comparing, showing and writing a reference never goes into the object: it goes by the id.
///
/// # Examples
///
/// ```
/// use netbox_core::{Blocking, Client, Error, Fk, NetboxModel, Transport};
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
/// fn path<T: Transport<Mode = Blocking>>(client: &Client<T>, region: &Region) -> Result<String, Error> {
///     Ok(match region.parent(client)? {
///         Some(parent) => format!("{} / {}", path(client, parent)?, region.name),
///         None => region.name.clone(),
///     })
/// }
/// ```
pub struct Fk<M> {
    id: u64,
    display: Option<Box<str>>,
    slot: Slot<Arc<M>>,
}

impl<M> Fk<M> {
    /// The reference to the object with that id.
    pub fn new(id: u64) -> Self {
        Self { id, display: None, slot: Slot::default() }
    }

    /// The id of the object.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// What NetBox calls the object, if the reference came with that.
    pub fn display(&self) -> Option<&str> {
        self.display.as_deref()
    }

    /// The object, if it is here already.
    pub fn cached(&self) -> Option<&M> {
        self.slot.get().map(|object| &**object)
    }

    /// Whether the object is here already, so that [`get`](Fk::get) asks nobody.
    pub fn is_resolved(&self) -> bool {
        self.slot.get().is_some()
    }

    pub(crate) fn fill(&self, object: Arc<M>) {
        self.slot.fill(object);
    }
}

impl<M: Model> Fk<M> {
    /// The object: the one that is here, or else fetched through `client`.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if the object is gone, or hidden from this token. An error is not kept: the next
    /// call asks again.
    pub fn get<'a, T: Transport>(&'a self, client: &'a Client<T>) -> Outcome<'a, T, Result<&'a M, Error>> {
        T::Mode::run(self.resolve(client))
    }

    pub(crate) async fn resolve<T: Transport>(&self, client: &Client<T>) -> Result<&M, Error> {
        let fetch = async {
            let record = client.read::<M>(&ApiPath::of_endpoint(M::ENDPOINT), self.id).await?;
            Ok(Arc::new(record.into_inner()))
        };
        self.slot.get_or_fetch(fetch).await.map(|object| &**object)
    }
}

impl<M> From<u64> for Fk<M> {
    fn from(id: u64) -> Self {
        Self::new(id)
    }
}

impl<M> Clone for Fk<M> {
    fn clone(&self) -> Self {
        Self { id: self.id, display: self.display.clone(), slot: self.slot.clone() }
    }
}

/// By id: a resolved reference equals an unresolved one.
impl<M> PartialEq for Fk<M> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<M> Eq for Fk<M> {}

impl<M> std::hash::Hash for Fk<M> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

#[allow(clippy::missing_fields_in_debug, reason = "the object could be a whole tree, or refer back to here")]
impl<M> fmt::Debug for Fk<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = f.debug_struct("Fk");
        fields.field("id", &self.id);
        if let Some(display) = &self.display {
            fields.field("display", display);
        }
        fields.field("resolved", &self.is_resolved()).finish()
    }
}

/// As NetBox wants it to be written: the id.
impl<M> Serialize for Fk<M> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.id)
    }
}
