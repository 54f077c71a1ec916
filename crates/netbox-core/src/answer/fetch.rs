//! Fetching the objects that references refer to.

use std::{collections::HashMap, sync::Arc};

use super::{place, walk::Walk};
use crate::{
    client::{Api, Client},
    model::{Decode, Fk, ForeignKeys, GenericFk, Link, Model, Object, ObjectFk, Resource, Rows, decode},
    question::{Question, Selection},
    wire::{AnyObject, ApiPath, Error, Fetch, Mode, Outcome},
};

impl<M: Model> Fk<M> {
    /// The object: the one that is here, or else fetched through `client`.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if the object is gone, or hidden from this token. All callers that wait for the same answer
    /// share its error. It is not kept: the next call asks again.
    pub fn get<'a, C: Mode>(&'a self, client: &'a Client<C>) -> Outcome<'a, C, Result<&'a M, Error>> {
        C::run(resolve(client.api(), self))
    }
}

impl ObjectFk {
    /// The object: the one that is here, or else fetched through `client`, from the client's own base URL.
    pub fn get<'a, C: Mode>(&'a self, client: &'a Client<C>) -> Outcome<'a, C, Result<&'a Object, Error>> {
        C::run(async move {
            let endpoint = || ApiPath::of_endpoint(self.endpoint());
            kept::<Object>(client.api(), &self.link, endpoint).await?.downcast_ref().ok_or_else(misread)
        })
    }
}

impl<C: Mode> Client<C> {
    /// The object that `key` refers to: the one that is here, or else fetched.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::WrongType`](crate::ErrorKind::WrongType) if the object is no `M`; nothing is sent then. Otherwise
    /// as for [`Fk::get`].
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, GenericFk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/interfaces")] struct Interface { id: u64, name: String }
    /// fn name(client: &Client<Blocking>, assigned_object: &GenericFk) -> Result<String, Error> {
    ///     Ok(client.resolve::<Interface>(assigned_object)?.name.clone())
    /// }
    /// ```
    pub fn resolve<'a, M: Model>(&'a self, key: &'a GenericFk) -> Outcome<'a, C, Result<Arc<M>, Error>> {
        C::run(async move {
            if !key.is::<M>() {
                return Err(Error::wrong_type(format!("{key:?} is not one of {}", M::ENDPOINT)));
            }
            let endpoint = || ApiPath::of_endpoint(M::ENDPOINT);
            match Arc::clone(kept::<M>(self.api(), &key.link, endpoint).await?).downcast::<M>() {
                Ok(object) => Ok(object),
                // The object that is kept was read into another struct for the same endpoint.
                Err(_) => fetch(self.api(), endpoint(), key.id()).await,
            }
        })
    }
}

/// The objects that `keys` refer to, those that are not here yet fetched through `client`. The accessors of the derive
/// call it.
pub fn objects<'a, K: ForeignKeys, C: Mode>(
    keys: &'a K,
    client: &'a Client<C>,
) -> Outcome<'a, C, Result<K::Objects<'a>, Error>> {
    C::run(async move {
        let api = client.api();
        if K::MANY {
            resolve_all(api, keys.keys()).await?;
        }
        for key in keys.keys() {
            // This asks once more for an object that did not come, so that its error is the one for that object.
            resolve(api, key).await?;
        }
        keys.objects(|key| key.cached_from(api.home()))
            .ok_or_else(|| Error::missing("a reference was fetched, and is not here"))
    })
}

async fn resolve<'k, M: Model>(api: &Api, key: &'k Fk<M>) -> Result<&'k M, Error> {
    let object = kept::<M>(api, &key.link, || ApiPath::of_endpoint(M::ENDPOINT)).await?;
    object.downcast_ref().ok_or_else(misread)
}

/// The object that `link` refers to, fetched as an `M` if it is not here.
async fn kept<'l, M: Resource>(
    api: &Api,
    link: &'l Link,
    endpoint: impl Fn() -> ApiPath + Send,
) -> Result<&'l AnyObject, Error> {
    let fetch = || -> Fetch<AnyObject> {
        let fetched = fetch::<M>(api, endpoint(), link.id);
        Box::pin(async { fetched.await.map(|object| object as AnyObject) })
    };
    link.slot.get_or_fetch(api.home(), fetch).await
}

fn misread() -> Error {
    Error::missing("the object that a reference keeps is of another type")
}

fn fetch<M: Resource>(api: &Api, endpoint: ApiPath, id: u64) -> Fetch<Arc<M>> {
    let api = api.clone();
    Box::pin(async move {
        let answer = place::read(&api, &endpoint, id, &Selection::of(M::SELECTED)).await?;
        let object: M = answer.json()?;
        answer.is_of(object.key(), Some(id)).map(|()| Arc::new(object))
    })
}

/// Resolves `keys` with one request for all their ids, or as few as the length of URLs allows. An object that does not
/// come stays unresolved: asking for it by itself tells whether it is gone or hidden.
pub(super) async fn resolve_all<'k, M: Model>(
    api: &Api,
    keys: impl Iterator<Item = &'k Fk<M>> + Send,
) -> Result<(), Error> {
    let home = api.home();
    let waiting = by_id(keys.filter(|key| key.link.slot.get(home).is_none()).map(|key| (key.id(), key)));
    let fill = |key: &Fk<M>, object: &Arc<M>| key.link.slot.fill(home, Arc::clone(object) as AnyObject);
    fill_all(api, &waiting, fill).await
}

/// Resolves those of `keys` that refer to an `M`; see [`resolve_all`].
pub(super) async fn resolve_generic<'k, M: Model>(
    api: &Api,
    keys: impl Iterator<Item = &'k GenericFk> + Send,
) -> Result<(), Error> {
    let home = api.home();
    let keys = keys.filter(|key| key.is::<M>() && key.link.slot.get(home).is_none());
    let waiting = by_id(keys.map(|key| (key.id(), key)));
    let fill = |key: &GenericFk, object: &Arc<M>| key.link.slot.fill(home, Arc::clone(object) as AnyObject);
    fill_all(api, &waiting, fill).await
}

fn by_id<'k, K>(keys: impl Iterator<Item = (u64, &'k K)>) -> HashMap<u64, Vec<&'k K>> {
    let mut waiting: HashMap<u64, Vec<&K>> = HashMap::new();
    for (id, key) in keys {
        waiting.entry(id).or_default().push(key);
    }
    waiting
}

/// Reads the objects for which references are waiting, and fills these.
async fn fill_all<K: Sync, M: Model>(
    api: &Api,
    waiting: &HashMap<u64, Vec<&K>>,
    fill: impl Fn(&K, &Arc<M>) + Send,
) -> Result<(), Error> {
    let ids = waiting.keys().copied().collect();
    for page in objects_by_ids(api, M::ENDPOINT, M::FIELDS, ids, decode::<M>).await? {
        for object in page.into_objects::<M>() {
            let object = Arc::new(object);
            for key in waiting.get(&object.id()).into_iter().flatten() {
                fill(key, &object);
            }
        }
    }
    Ok(())
}

/// The objects at `endpoint` with these ids.
async fn objects_by_ids(
    api: &Api,
    endpoint: &str,
    fields: Option<&[&str]>,
    mut ids: Vec<u64>,
    decode: Decode,
) -> Result<Vec<Rows>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    ids.sort_unstable();
    let path = ApiPath::of_endpoint(endpoint);
    let question = Question::by_ids(path, &ids, Selection::of(fields), api.page_size());
    Walk::new(api.clone(), question, Vec::new(), decode).collect().await
}
