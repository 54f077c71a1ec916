//! An object, with the server and the endpoint that it came from.

use std::{
    borrow::Borrow,
    fmt,
    marker::PhantomData,
    ops::{Deref, DerefMut},
};

use http::HeaderValue;
use serde::{Serialize, Serializer, de::DeserializeOwned};

use super::{
    one,
    place::{self, Place, Subject},
};
use crate::{
    client::{Api, Client},
    model::{Fk, GenericFk, Model, Operand, Resource, Rows, kind, list, object_type_of},
    question::{Selection, sealed::Values},
    value::{Assign, Given, NO_ID, RECORD, assign},
    wire::{Answer, ApiPath, Call, Error, Mode, Outcome, Params},
    write::TagRef,
};

/// A model, or an [`Object`](crate::Object), as NetBox sent it, with the client that read it.
///
/// A record dereferences to the model. The first change keeps a copy of the fields as they were, and
/// [`save`](Record::save) sends those that differ.
///
/// ```
/// use netbox_core::{Blocking, Client, Error, NetboxModel};
///
/// #[derive(serde::Deserialize, NetboxModel)]
/// #[netbox(endpoint = "dcim/sites")]
/// struct Site {
///     id: u64,
///     name: String,
/// }
///
/// fn rename(client: &Client<Blocking>) -> Result<(), Error> {
///     let mut site = client.get::<Site>(7)?;
///     site.name = "Amsterdam 2".into();
///     site.set_message("moved").save()?;
///     Ok(())
/// }
/// ```
pub struct Record<M, C> {
    model: M,
    place: Place,
    mode: PhantomData<fn() -> C>,
}

/// Makes rows of objects that were read at a path, one of them with an `ETag`.
pub(super) type Take<R> = fn(&Api, &ApiPath, Option<HeaderValue>, Rows) -> Vec<R>;

impl<M: Resource, C: Mode> Record<M, C> {
    pub(super) fn new(model: M, place: Place) -> Self {
        Self { model, place, mode: PhantomData }
    }

    /// The record of an object that NetBox sent by itself: the one with the id `asked`, or one that it made.
    pub(super) fn of(
        api: &Api,
        endpoint: &ApiPath,
        asked: Option<u64>,
        answer: &Answer,
    ) -> Result<Self, Error> {
        let model: M = one::object(answer, asked)?;
        let place = Place::of(api, endpoint, model.home(), answer.etag());
        Ok(Self::new(model, place))
    }

    /// The records of objects of the list at `endpoint`; the `etag` is that of a single one.
    pub(super) fn all(api: &Api, endpoint: &ApiPath, etag: Option<HeaderValue>, rows: Rows) -> Vec<Self> {
        let mut records = Vec::with_capacity(rows.len());
        for model in rows.into_objects::<M>() {
            let place = Place::of(api, endpoint, model.home(), etag.clone());
            records.push(Self::new(model, place));
        }
        records
    }

    pub(super) async fn read(api: &Api, endpoint: Result<ApiPath, Error>, id: u64) -> Result<Self, Error> {
        let endpoint = endpoint?;
        let answer = place::read(api, &endpoint, id, &Selection::of(M::SELECTED)).await?;
        let model = one::object(&answer, Some(id))?;
        Ok(Self::new(model, Place::new(api.clone(), endpoint, answer.etag())))
    }

    /// The URL of this object in NetBox's API; `None` if it has no id.
    pub fn url(&self) -> Option<String> {
        Some(self.place.api.url(&self.place.endpoint.join(self.key()?)))
    }

    /// The client that read this record.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Error, Fk, NetboxModel, Record};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, #[fk] site: Fk<Site> }
    /// fn devices_beside(device: &Record<Device, Blocking>) -> Result<u64, Error> {
    ///     device.client().query::<Device>().filter(Device::SITE.eq(&device.site)).count()
    /// }
    /// ```
    pub fn client(&self) -> Client<C> {
        Client::of(self.place.api.clone())
    }

    /// Reads the object again. The record loses its resolved foreign keys, and changes that were not saved.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if the object is gone. The record does not change then.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Error, NetboxModel, Record};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// fn rename(site: &mut Record<Site, Blocking>, name: &str) -> Result<(), Error> {
    ///     site.name = name.into();
    ///     match site.save() {
    ///         Err(error) if error.is_conflict() => {
    ///             site.refresh()?;
    ///             println!("somebody else changed the site, which is {} now", site.name);
    ///             Ok(())
    ///         }
    ///         saved => saved.map(|_| ()),
    ///     }
    /// }
    /// ```
    pub fn refresh(&mut self) -> Outcome<'_, C, Result<(), Error>> {
        C::run(async move {
            *self = self.as_it_is_now().await?;
            Ok(())
        })
    }

    pub(super) async fn as_it_is_now(&self) -> Result<Self, Error> {
        let id = self.place.id_to("be read again", &self.model)?;
        Self::read(&self.place.api, Ok(self.place.endpoint.clone()), id).await
    }

    /// Reads the sub-resource `name` of this object, as a type of yours: `interface.detail::<Value>("trace")`. The
    /// answer is read as a whole, not in pages; for a list of pages, see [`Client::query_at`].
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// #[derive(serde::Deserialize)]
    /// struct Health { alarms: Vec<String> }
    ///
    /// /// Asks a route that a plugin has below its objects.
    /// fn alarms(client: &Client<Blocking>, id: u64) -> Result<Vec<String>, Error> {
    ///     Ok(client.get_at("plugins/acme/probes", id)?.detail::<Health>("health")?.alarms)
    /// }
    /// ```
    pub fn detail<'r, R: DeserializeOwned + Send + 'r>(
        &'r self,
        name: &'r str,
    ) -> Outcome<'r, C, Result<R, Error>> {
        C::run(async move {
            let path = ApiPath::parse(&format!("{}/{name}", self.path()?))?;
            self.place.api.exchange(Call::get(path, Params::default())).await?.json()
        })
    }
}

impl<M: Resource, C> Record<M, C> {
    /// The id that the object was read with, whatever the model says now.
    pub(super) fn key(&self) -> Option<u64> {
        self.place.id(&self.model)
    }

    pub(super) fn path(&self) -> Result<ApiPath, Error> {
        self.place.path(&self.model)
    }

    /// NetBox's name of the type.
    pub(super) fn object_type(&self) -> String {
        M::object_type().unwrap_or_else(|| object_type_of(self.place.endpoint.as_str()))
    }

    pub(super) fn subject(&self) -> &dyn Subject {
        &self.model
    }

    /// Becomes `written`, the object that NetBox made of its changes in bulk.
    pub(super) fn become_written(&mut self, written: M) {
        self.model = written;
        self.place.is_written(None);
    }

    /// The model and the place, to be changed separately.
    pub(super) fn parts_mut(&mut self) -> (&mut M, &mut Place) {
        (&mut self.model, &mut self.place)
    }
}

impl<M, C> Record<M, C> {
    /// The model alone.
    pub fn into_inner(self) -> M {
        self.model
    }

    /// The version of the object, if NetBox sent one: 4.6 and later do for an object that was read by itself.
    pub fn etag(&self) -> Option<&str> {
        self.place.etag()
    }

    pub(super) fn into_parts(self) -> (M, Place) {
        (self.model, self.place)
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }
}

impl<M, C> Deref for Record<M, C> {
    type Target = M;

    fn deref(&self) -> &M {
        &self.model
    }
}

/// The first mutable access keeps a copy of the fields that can be written.
impl<M: Resource, C> DerefMut for Record<M, C> {
    fn deref_mut(&mut self) -> &mut M {
        self.place.touch(&self.model);
        &mut self.model
    }
}

impl<M, C> Borrow<M> for Record<M, C> {
    fn borrow(&self) -> &M {
        &self.model
    }
}

impl<M: Clone, C> Clone for Record<M, C> {
    fn clone(&self) -> Self {
        Self { model: self.model.clone(), place: self.place.clone(), mode: PhantomData }
    }
}

/// Two records are equal if they are the same object, of the same NetBox and branch, with the same contents.
impl<M: PartialEq, C> PartialEq for Record<M, C> {
    fn eq(&self, other: &Self) -> bool {
        let (ours, theirs) = (&self.place, &other.place);
        ours.endpoint == theirs.endpoint && ours.api.is_same_as(&theirs.api) && self.model == other.model
    }
}

impl<M: Eq, C> Eq for Record<M, C> {}

/// A record serializes as its model, and within the body of a write as the id of the object.
impl<M: Serialize, C> Serialize for Record<M, C> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(RECORD, &self.model)
    }
}

impl<M: fmt::Debug, C> fmt::Debug for Record<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.model.fmt(f)
    }
}

#[diagnostic::do_not_recommend]
impl<M: Model, C> Operand<kind::Key<M>> for &Record<M, C> {
    fn to_param(&self) -> String {
        self.id().to_string()
    }
}

/// Its id. A record without one has no value, which a query refuses.
impl<M: Resource, C> Values for &Record<M, C> {
    fn into_values(self) -> Vec<String> {
        self.key().iter().map(ToString::to_string).collect()
    }
}

impl<M: Resource, C> From<&Record<M, C>> for TagRef {
    fn from(record: &Record<M, C>) -> Self {
        Self(record.key().map(Into::into).ok_or_else(|| NO_ID.to_owned()))
    }
}

assign! {
    [M: Model, C] Fk<M>: &Record<M, C> => |record| id_of(record);
    [M: Resource, C] GenericFk: &Record<M, C> => |record| match record.key() {
        Some(id) => Given::of(&GenericFk::new(record.object_type(), id)),
        None => id_of(record),
    };
}

#[diagnostic::do_not_recommend]
impl<M: Model, C> Assign<Vec<Fk<M>>> for &Vec<Record<M, C>> {
    fn give(self) -> Given {
        list(self.iter().map(Assign::<Fk<M>>::give))
    }
}

/// ```
/// # use netbox_core::{Blocking, Fk, NetboxModel, Record};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64 }
/// fn is_there(record: &Record<Site, Blocking>, sites: &[Fk<Site>]) -> bool {
///     sites.contains(&record.into())
/// }
/// ```
impl<M: Model, C> From<&Record<M, C>> for Fk<M> {
    fn from(record: &Record<M, C>) -> Self {
        Self::new(record.id())
    }
}

impl<M: Model, C> From<&Record<M, C>> for GenericFk {
    fn from(record: &Record<M, C>) -> Self {
        Self::new(record.object_type(), record.id())
    }
}

fn id_of<M: Resource, C>(record: &Record<M, C>) -> Given {
    match record.key() {
        Some(id) => Given::of(&id),
        None => Given::refused(NO_ID),
    }
}
