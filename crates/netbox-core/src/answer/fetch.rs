//! Fetching the objects that references refer to.

use std::{any::TypeId, collections::HashMap, future, sync::Arc};

use super::{place, walk::Walk};
use crate::{
    client::{Api, Client},
    model::{Fk, ForeignKeys, GenericFk, Link, Model, Object, ObjectFk, Reading, Resource, Rows, Siblings},
    question::{Question, Selection},
    wire::{AnyObject, ApiPath, Error, ErrorKind, Fetch, Home, Mode, Outcome},
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
            object::<Object>(client.api(), self.endpoint(), &self.link)
                .await?
                .downcast_ref()
                .ok_or_else(misread)
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
            Arc::clone(object::<M>(self.api(), M::ENDPOINT, &key.link).await?)
                .downcast()
                .map_err(|_| misread())
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
            let alone = |key: &&Fk<K::Target>| siblings(api, &key.link).is_none();
            resolve_all(api, keys.keys().filter(alone)).await?;
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
    object::<M>(api, M::ENDPOINT, &key.link).await?.downcast_ref().ok_or_else(misread)
}

fn misread() -> Error {
    Error::missing("the object that a reference keeps is of another type")
}

/// The object at `endpoint` that `link` refers to, fetched as an `M` if it is not here: together with those of its siblings
/// that are not here either, or else by itself.
async fn object<'l, M: Resource>(api: &Api, endpoint: &str, link: &'l Link) -> Result<&'l AnyObject, Error> {
    if link.slot().get::<M>(api.home()).is_none() {
        Batch::of::<M>(endpoint).fetch(api, link).await?;
    }
    let fetch = || -> Fetch<AnyObject> {
        let fetched = fetch::<M>(api, ApiPath::of_endpoint(endpoint), link.id());
        Box::pin(async { fetched.await.map(|object| object as AnyObject) })
    };
    link.slot().get_or_fetch::<M>(api.home(), fetch).await
}

fn fetch<M: Resource>(api: &Api, endpoint: ApiPath, id: u64) -> Fetch<Arc<M>> {
    let api = api.clone();
    Box::pin(async move {
        let answer = place::read(&api, &endpoint, id, &Selection::of(M::SELECTED)).await?;
        let object: M = answer.json()?;
        answer.is_of(object.key(), Some(id)).map(|()| Arc::new(object))
    })
}

/// The siblings of `link`, if they are asked for together.
fn siblings<'l>(api: &Api, link: &'l Link) -> Option<&'l Siblings> {
    link.siblings().filter(|siblings| api.batches() && !siblings.are_apart())
}

/// Resolves `keys` with one request for all their ids, or as few as the length of URLs allows. An object that does not
/// come stays unresolved: asking for it by itself tells whether it is gone or hidden.
pub(super) async fn resolve_all<'k, M: Model>(
    api: &Api,
    keys: impl Iterator<Item = &'k Fk<M>> + Send,
) -> Result<(), Error> {
    Batch::of::<M>(M::ENDPOINT).resolve(api, &mut keys.map(|key| &key.link)).await
}

/// Resolves those of `keys` that refer to an `M`; see [`resolve_all`].
pub(super) async fn resolve_generic<'k, M: Model>(
    api: &Api,
    keys: impl Iterator<Item = &'k GenericFk> + Send,
) -> Result<(), Error> {
    let mut links = keys.filter(|key| key.is::<M>()).map(|key| &key.link);
    Batch::of::<M>(M::ENDPOINT).resolve(api, &mut links).await
}

/// References by the ids of their objects.
type Waiting = HashMap<u64, Vec<Link>>;

/// Objects of one model that are fetched together. All but [`fill`] is compiled once for all models.
struct Batch {
    endpoint: ApiPath,
    of: TypeId,
    reading: Reading,
    fill: fn(&Home, &Waiting, Rows),
}

impl Batch {
    fn of<M: Resource>(endpoint: &str) -> Self {
        let endpoint = ApiPath::of_endpoint(endpoint);
        Self { endpoint, of: TypeId::of::<M>(), reading: Reading::of::<M>(), fill: fill::<M> }
    }

    /// Fetches the objects of `links`, with as few requests as the length of URLs allows.
    async fn resolve(&self, api: &Api, links: &mut (dyn Iterator<Item = &Link> + Send)) -> Result<(), Error> {
        let waiting = by_id(links.filter(|link| !link.slot().has(self.of, api.home())).cloned());
        let mut ids: Vec<u64> = waiting.keys().copied().collect();
        if ids.is_empty() {
            return Ok(());
        }
        ids.sort_unstable();
        let question = Question::by_ids(self.endpoint.clone(), &ids, self.selection(), api.page_size());
        for page in self.walk(api, question).collect().await? {
            (self.fill)(api.home(), &waiting, page);
        }
        Ok(())
    }

    /// Fetches the object of `link`, and those of its siblings as far as they go into the same request, unless `link` has
    /// none that waits.
    async fn fetch(&self, api: &Api, link: &Link) -> Result<(), Error> {
        let mut asked = false;
        while let Some(siblings) = siblings(api, link).filter(|_| !asked) {
            let begin = || {
                asked = true;
                self.begin(api, link, siblings)
            };
            siblings.flights.join(begin).await?;
            if link.slot().has(self.of, api.home()) {
                break;
            }
        }
        Ok(())
    }

    fn begin(&self, api: &Api, link: &Link, siblings: &Siblings) -> Fetch<()> {
        let links = siblings.waiting(link, self.of, api.home());
        if links.len() < 2 {
            return Box::pin(future::ready(Ok(())));
        }
        let ids: Vec<u64> = links.iter().map(Link::id).collect();
        let question = Question::by_ids(self.endpoint.clone(), &ids, self.selection(), api.page_size());
        let question = question.in_one_request(api.base(), api.version());
        let (api, asking, fill) = (api.clone(), link.clone(), self.fill);
        let walk = question.map(|question| self.walk(&api, question));
        Box::pin(async move {
            match async { walk?.collect().await }.await {
                Ok(pages) => {
                    let waiting = by_id(links.into_iter());
                    for page in pages {
                        fill(api.home(), &waiting, page);
                    }
                }
                Err(error) if concerns_each(&error) => return Err(error),
                // One object that can't be sent or read, or too many of them: the others shall not suffer from it.
                Err(_) => asking.siblings().into_iter().for_each(Siblings::part),
            }
            Ok(())
        })
    }

    fn selection(&self) -> Selection {
        Selection::of(self.reading.fields)
    }

    fn walk(&self, api: &Api, question: Question) -> Walk {
        Walk::new(api.clone(), question, Vec::new(), self.reading.decode.clone())
    }
}

/// Whether a request for one of several objects would have failed like the one for all of them.
fn concerns_each(error: &Error) -> bool {
    let is_general = matches!(
        error.kind(),
        ErrorKind::Transport(_) | ErrorKind::Forbidden | ErrorKind::RateLimited | ErrorKind::Unavailable
    );
    is_general && !error.may_be_size()
}

fn by_id(links: impl Iterator<Item = Link>) -> Waiting {
    let mut waiting = Waiting::new();
    for link in links {
        waiting.entry(link.id()).or_default().push(link);
    }
    waiting
}

/// Gives the objects to the references that wait for them.
fn fill<M: Resource>(home: &Home, waiting: &Waiting, rows: Rows) {
    for object in rows.into_objects::<M>() {
        let links = object.key().and_then(|id| waiting.get(&id));
        let object = Arc::new(object);
        for link in links.into_iter().flatten() {
            link.slot().fill(Some(home), Arc::clone(&object));
        }
    }
}
