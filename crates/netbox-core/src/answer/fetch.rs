//! Fetching the objects that references refer to.

use std::{collections::HashMap, future, sync::Arc};

use super::{
    one::{self, misread},
    place,
    walk::Walk,
};
use crate::{
    client::{Api, Client},
    model::{Fk, ForeignKeys, GenericFk, Link, Model, Object, ObjectFk, Reading, Resource, Rows, Siblings},
    question::{Question, Selection},
    wire::{AnyObject, ApiPath, Error, ErrorKind, Extent, Fetch, Home, Mode, Outcome},
};

impl<M: Model> Fk<M> {
    /// The object: the one that is here, or else fetched through `client`.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if the object is gone, or hidden from this token. All callers that wait for the same answer
    /// share its error. The client keeps no error: the next call asks again.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// async fn name(client: &Client<Async>, site: &Fk<Site>) -> Result<String, Error> {
    ///     Ok(site.get(client).await?.name.clone())
    /// }
    /// ```
    pub fn get<'a, C: Mode>(&'a self, client: &'a Client<C>) -> Outcome<'a, C, Result<&'a M, Error>> {
        C::run(async move {
            match self.cached_from(client.api().home()) {
                Some(object) => Ok(object),
                None => Batch::of::<M>(M::ENDPOINT)
                    .object(client.api(), &self.link)
                    .await?
                    .downcast_ref()
                    .ok_or_else(misread),
            }
        })
    }
}

impl ObjectFk {
    /// The object: the one that is here, or else fetched through `client`, from the client's own base URL.
    pub fn get<'a, C: Mode>(&'a self, client: &'a Client<C>) -> Outcome<'a, C, Result<&'a Object, Error>> {
        C::run(async move {
            let batch = Batch::of::<Object>(self.endpoint());
            batch.object(client.api(), &self.link).await?.downcast_ref().ok_or_else(misread)
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
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, fk::GenericFk};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/interfaces")] struct Interface { id: u64, name: String }
    /// fn name(client: &Client<Blocking>, assigned_object: &GenericFk) -> Result<String, Error> {
    ///     Ok(client.resolve::<Interface>(assigned_object)?.name.clone())
    /// }
    /// ```
    pub fn resolve<'a, M: Model>(&'a self, key: &'a GenericFk) -> Outcome<'a, C, Result<Arc<M>, Error>> {
        C::run(async move {
            key.check_is::<M>()?;
            Arc::clone(Batch::of::<M>(M::ENDPOINT).object(self.api(), &key.link).await?)
                .downcast()
                .map_err(|_| misread())
        })
    }
}

/// The objects that `keys` refer to; those that are not here yet are fetched through `client`. The derive's accessors
/// call this function.
pub fn objects<'a, K: ForeignKeys, C: Mode>(
    keys: &'a K,
    client: &'a Client<C>,
) -> Outcome<'a, C, Result<K::Objects<'a, K::Target>, Error>> {
    let api = client.api();
    C::run(gather(
        api,
        keys,
        || Batch::of::<K::Target>(K::Target::ENDPOINT),
        |key| key.cached_from(api.home()),
    ))
}

/// The objects that `keys` refer to, as `find` has them of each key, fetched by `batch` unless they are here. It is compiled
/// for each field of keys.
pub(super) async fn gather<'a, K: ForeignKeys, T: Sync + 'a>(
    api: &'a Api,
    keys: &'a K,
    batch: impl Fn() -> Batch + Send,
    find: impl Fn(&'a Fk<K::Target>) -> Option<&'a T> + Send,
) -> Result<K::Objects<'a, T>, Error> {
    if let Some(objects) = keys.objects(&find) {
        return Ok(objects);
    }
    let mut links = Vec::new();
    for key in keys.keys() {
        links.push(&key.link);
    }
    batch().objects(api, &links).await?;
    keys.objects(find).ok_or_else(misread)
}

/// The siblings of `link`, if they are asked for together.
fn siblings<'l>(api: &Api, link: &'l Link) -> Option<&'l Siblings> {
    link.siblings().filter(|siblings| api.batches() && !siblings.are_apart())
}

/// References by the ids of their objects.
type Waiting = HashMap<u64, Vec<Link>>;

/// Objects of one endpoint that are fetched together, and read in the same way.
#[derive(Clone)]
pub(super) struct Batch {
    endpoint: ApiPath,
    reading: Reading,
}

impl Batch {
    /// Objects at `endpoint`, as model `M`.
    pub(super) fn of<M: Resource>(endpoint: &str) -> Self {
        Self::reading(endpoint, Reading::of::<M>())
    }

    pub(super) fn reading(endpoint: &str, reading: Reading) -> Self {
        Self { endpoint: ApiPath::of_endpoint(endpoint), reading }
    }

    pub(super) fn extent(&self) -> &Extent {
        &self.reading.extent
    }

    /// Fetches the objects that `links` refer to and that are not here.
    async fn objects(&self, api: &Api, links: &[&Link]) -> Result<(), Error> {
        if links.len() > 1 {
            let mut alone = links.iter().copied().filter(|link| siblings(api, link).is_none());
            self.resolve(api, &mut alone).await?;
        }
        for link in links {
            // This asks once more for an object that did not come, so that its error is the one for that object.
            self.object(api, link).await?;
        }
        Ok(())
    }

    /// The object that `link` refers to, fetched if it is not here: together with those of its siblings that are not here
    /// either, or else by itself.
    pub(super) async fn object<'l>(&self, api: &Api, link: &'l Link) -> Result<&'l AnyObject, Error> {
        if link.slot().get(self.extent(), api.home()).is_none() {
            self.fetch(api, link).await?;
        }
        link.slot().get_or_fetch(self.extent(), api.home(), || self.one(api, link.id())).await
    }

    /// Fetches one object by itself.
    fn one(&self, api: &Api, id: u64) -> Fetch<AnyObject> {
        let (api, Self { endpoint, reading }) = (api.clone(), self.clone());
        Box::pin(async move {
            let answer = place::read(&api, &endpoint, id, &Selection::of(reading.fields())).await?;
            let mut kept = one::row(&answer, &reading.decode, Some(id))?.into_kept();
            kept.next().map(|(_, object)| object).ok_or_else(misread)
        })
    }

    /// Fetches the objects of `links`, with as few requests as the length of URLs allows. An object that does not come
    /// stays unresolved: a request for it by itself shows whether it is gone or hidden.
    pub(super) async fn resolve(
        &self,
        api: &Api,
        links: &mut (dyn Iterator<Item = &Link> + Send),
    ) -> Result<(), Error> {
        let waiting =
            by_id(links.filter(|link| link.slot().get(self.extent(), api.home()).is_none()).cloned());
        let mut ids: Vec<u64> = waiting.keys().copied().collect();
        if ids.is_empty() {
            return Ok(());
        }
        ids.sort_unstable();
        self.ask(api, self.question(api, &ids), &waiting).await
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
            if link.slot().get(self.extent(), api.home()).is_some() {
                break;
            }
        }
        Ok(())
    }

    fn begin(&self, api: &Api, link: &Link, siblings: &Siblings) -> Fetch<()> {
        let links = siblings.waiting(link, self.extent(), api.home());
        if links.len() < 2 {
            return Box::pin(future::ready(Ok(())));
        }
        let ids: Vec<u64> = links.iter().map(Link::id).collect();
        let question = self.question(api, &ids).in_one_request(api.base(), api.version());
        let (api, asking, batch) = (api.clone(), link.clone(), self.clone());
        Box::pin(async move {
            let waiting = by_id(links.into_iter());
            match async { batch.ask(&api, question?, &waiting).await }.await {
                Ok(()) if asking.slot().get(batch.extent(), api.home()).is_none() => asking.part(),
                Ok(()) => {}
                Err(error) if concerns_each(&error) => return Err(error),
                // One object can't be sent or read, or there are too many: the others must not suffer from that.
                Err(_) => asking.siblings().into_iter().for_each(Siblings::part),
            }
            Ok(())
        })
    }

    fn question(&self, api: &Api, ids: &[u64]) -> Question {
        let selection = Selection::of(self.reading.fields());
        Question::by_ids(self.endpoint.clone(), ids, selection, api.page_size())
    }

    /// Asks for objects, and gives them to the references that wait for them.
    async fn ask(&self, api: &Api, question: Question, waiting: &Waiting) -> Result<(), Error> {
        let walk = Walk::new(api.clone(), question, self.reading.decode.clone());
        for page in walk.collect().await? {
            self.fill(api.home(), waiting, page);
        }
        Ok(())
    }

    /// Gives the objects to the references that wait for them.
    fn fill(&self, home: &Home, waiting: &Waiting, rows: Rows) {
        for (key, object) in rows.into_kept() {
            for link in key.and_then(|id| waiting.get(&id)).into_iter().flatten() {
                link.slot().fill(self.extent(), Some(home), Arc::clone(&object));
            }
        }
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
