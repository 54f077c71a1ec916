//! Writing many records back, each only if its object has not changed since it was read.

use std::{collections::HashMap, fmt, time::Duration};

use http::{HeaderValue, Method};
use netbox_schema::endpoint as schema_of;

use super::{
    place::{Place, Subject},
    record::Record,
    walk::Walk,
    work::{Done, Progress, Source, Work},
};
use crate::{
    client::{Api, Client},
    model::{Decode, Object, Reading, Resource, Rows},
    question::Question,
    value::Timestamp,
    wire::{Asked, Error, Mode, Outcome, Server},
    write::{BulkError, Differs, Item},
};

/// Records to write back with few requests, made by [`Client::save_many`]; nothing is sent before
/// [`send`](SaveMany::send).
///
/// ```
/// # use netbox_core::{Async, Client, NetboxModel, Record};
/// use netbox_core::{ErrorKind, bulk::BulkError};
///
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// async fn save(client: &Client<Async>, sites: &mut [Record<Site, Async>]) -> Result<usize, BulkError> {
///     let saved = client.save_many(sites).batch_size(50).send().await;
///     if let Err(error) = &saved && error.kind() == ErrorKind::Conflict {
///         error.items().iter().for_each(|item| eprintln!("{item}"));
///     }
///     saved
/// }
/// ```
#[must_use = "nothing is sent before `send`"]
pub struct SaveMany<'r, M, C> {
    api: Api,
    records: Vec<&'r mut Record<M, C>>,
    size: Option<usize>,
    together: usize,
    message: Option<String>,
    progress: Option<Box<dyn FnMut(Progress) + Send + 'r>>,
}

/// The most objects in a request: a version takes some 40 bytes, and servers take headers of up to 8 kB.
const MOST: usize = 150;

impl<C: Mode> Client<C> {
    /// Saves records of one endpoint in bulk: the changed fields of each, and only if its object has not changed since
    /// it was read.
    ///
    /// A record without changes costs nothing. From 4.6 on, and where NetBox has versions (see [`Record::save`]),
    /// NetBox checks the versions while it writes, so that a batch is not written at all if one of its objects changed.
    /// For records without a version, such as those of lists, the client first reads the fields of their model again,
    /// with as few requests as their ids need, compares, and learns their versions. On older servers, for plugins' objects, and
    /// for users and the like, there is only that comparison: a write by somebody else between it and ours goes unnoticed.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, serial: String }
    /// fn tidy(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let mut devices = client.query::<Device>().all()?;
    ///     for device in &mut devices {
    ///         if device.serial != device.serial.trim() {
    ///             device.serial = device.serial.trim().to_owned();
    ///         }
    ///     }
    ///     let saved = client.save_many(&mut devices).message("no spaces around serials").send()?;
    ///     println!("{saved} devices were changed");
    ///     Ok(())
    /// }
    /// ```
    pub fn save_many<'r, M: Resource>(
        &self,
        records: impl IntoIterator<Item = &'r mut Record<M, C>>,
    ) -> SaveMany<'r, M, C> {
        let (api, records) = (self.api().clone(), records.into_iter().collect());
        SaveMany { api, records, size: None, together: 1, message: None, progress: None }
    }
}

impl<'r, M: Resource, C: Mode> SaveMany<'r, M, C> {
    /// Sets how many objects a request writes, at least 1, and at most 150, since one header of the request has the
    /// version of each. The default is 100; with a [concurrency](Self::concurrency) above 1 it is smaller, down to 10 objects, so
    /// that all requests under way have a share.
    pub fn batch_size(mut self, objects: usize) -> Self {
        self.size = Some(objects);
        self
    }

    /// Sets how many requests are under way at the same time; see [`Bulk::concurrency`](crate::bulk::Bulk::concurrency).
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.together = requests;
        self
    }

    /// Limits the time of each request; see [`Bulk::timeout`](crate::bulk::Bulk::timeout).
    pub fn timeout(mut self, time: Duration) -> Self {
        self.api = self.api.timeout(time);
        self
    }

    /// Sets the message for the change log, for all records that have none of their own.
    pub fn message(mut self, text: impl Into<String>) -> Self {
        self.message = Some(text.into());
        self
    }

    /// Calls `tell` after each batch.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'r) -> Self {
        self.progress = Some(Box::new(tell));
        self
    }

    /// Sends the changes, updates the records from NetBox's answers, and returns how many records were written.
    ///
    /// # Errors
    ///
    /// A [`BulkError`], which says of every record whether it was written. Its [`kind`](BulkError::kind) is
    /// [`Conflict`](crate::ErrorKind::Conflict) if an object changed since it was read, and its
    /// [`items`](BulkError::items) say which. Objects that are gone are items too, and the kind is
    /// [`NotFound`](crate::ErrorKind::NotFound) if nothing else is wrong, or [`Invalid`](crate::ErrorKind::Invalid) if NetBox
    /// itself refuses them. The kind is [`Body`](crate::ErrorKind::Body) if the records are of several
    /// endpoints, of another NetBox, or two of them change the same object. Records that were not written keep their
    /// changes.
    pub fn send(self) -> Outcome<'r, C, Result<usize, BulkError>> {
        C::run(async move {
            let Self { api, mut records, size, together, message, progress } = self;
            let subjects: Vec<_> = records.iter().map(|record| (record.place(), record.subject())).collect();
            let items = items(&api, &subjects).await?;
            let changed: Vec<usize> = (0..items.len()).filter(|at| !items[*at].patch.is_empty()).collect();
            let path = records.first().map(|record| record.place().endpoint.clone());
            let Some(path) = path else { return Ok(0) };
            let mut work = Work::new(&api, Ok(path), Method::PATCH, Source::Items(items));
            work = work.answered_by(Reading::of::<M>());
            (work.size, work.most, work.together) = (size, MOST, together);
            (work.message, work.progress) = (message, progress);
            let mut done = Done::default();
            let outcome = work.send(&mut done).await;
            let count = done.len();
            take(&mut records, &changed, done);
            match outcome {
                Ok(()) => Ok(count),
                Err(error) => {
                    // NetBox wrote them, and its answer could not be read.
                    error.written().for_each(|(index, _)| records[index].parts_mut().1.is_written(None));
                    Err(named(&api, &records, &changed, error).await)
                }
            }
        })
    }
}

impl<M, C> fmt::Debug for SaveMany<'_, M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SaveMany").field("records", &self.records.len()).finish_non_exhaustive()
    }
}

/// The changes of each record, with the version that its object must have, as far as NetBox has versions there.
async fn items(api: &Api, records: &[(&Place, &dyn Subject)]) -> Result<Vec<Item>, BulkError> {
    let before = |error| BulkError::before(records.len(), error);
    let mut items = Vec::with_capacity(records.len());
    for (place, object) in records {
        let changes = place.changes(*object).map_err(before)?;
        let id = place.id_to("be saved", *object).map_err(before)?;
        items.push(Item::update(id, place.patch(changes)).at(place.etag.clone()));
        if !place.api.is_same_as(api) {
            let text = "the record was read by a client of another NetBox or branch: save it with that one";
            return Err(before(Error::unwritable(text)));
        }
        if place.endpoint != records[0].0.endpoint {
            return Err(before(Error::unwritable("records of several endpoints can't be saved together")));
        }
    }
    if !items.iter().any(Item::is_unguarded) {
        return Ok(items);
    }
    // A batch is guarded only if the versions of all its objects are known.
    let compared: Vec<usize> = (0..items.len()).filter(|at| !items[*at].patch.is_empty()).collect();
    let now = compare(api, records, &compared).await.map_err(before)?;
    if !now.differing.is_empty() {
        return Err(BulkError::differing(records.len(), now.asked, &now.differing));
    }
    for at in compared {
        let (place, object) = records[at];
        let there = place.id(object).and_then(|id| now.objects.get(&id));
        let version = there.and_then(|there| version_of(api, place, there));
        items[at].etag = items[at].etag.take().or(version);
    }
    Ok(items)
}

/// The objects of records as they are now.
struct Now {
    objects: HashMap<u64, Object>,
    differing: Vec<(usize, Differs)>,
    asked: Option<Asked>,
}

/// Compares the objects of the records at these positions with what they were when they were read.
async fn compare(api: &Api, records: &[(&Place, &dyn Subject)], positions: &[usize]) -> Result<Now, Error> {
    let mut now = Now { objects: HashMap::new(), differing: Vec::new(), asked: None };
    let Some(first) = positions.first() else { return Ok(now) };
    let (place, object) = records[*first];
    let selection = object.selection().and("last_updated");
    let ids: Vec<u64> = positions.iter().filter_map(|at| records[*at].0.id(records[*at].1)).collect();
    let question = Question::by_ids(place.endpoint.clone(), &ids, selection, api.page_size());
    let mut walk = Walk::new(api.clone(), question, Decode::of::<Object>());
    while let Some(page) = walk.next().await {
        let objects = page?.into_objects::<Object>().into_iter();
        now.objects.extend(objects.filter_map(|object| Some((object.id()?, object))));
    }
    now.asked = walk.asked().cloned();
    for at in positions {
        let (place, object) = records[*at];
        match place.id(object).and_then(|id| now.objects.get(&id)) {
            None => now.differing.push((*at, Differs::Gone)),
            Some(there) if !place.is_as_read(object, there)? => now.differing.push((*at, Differs::Changed)),
            Some(_) => {}
        }
    }
    Ok(now)
}

/// The version of an object of a list. NetBox does not send the version there, but it equals the time of the last
/// change, in UTC.
fn version_of(api: &Api, place: &Place, now: &Object) -> Option<HeaderValue> {
    let schema = schema_of(place.endpoint.as_str())?;
    if !Server::of(api.version()).has(schema.versioned()) {
        return None;
    }
    let changed: Timestamp = now.text("last_updated")?.into();
    HeaderValue::from_str(&format!("W/\"{}+00:00\"", changed.in_utc()?)).ok()
}

/// Lets the `changed` among the records become the objects that NetBox answered with.
fn take<M: Resource, C: Mode>(records: &mut [&mut Record<M, C>], changed: &[usize], done: Done) {
    let positions: HashMap<_, _> = changed.iter().map(|at| (records[*at].key(), *at)).collect();
    for object in done.rows.into_iter().flat_map(Rows::into_objects::<M>) {
        if let Some(at) = positions.get(&object.key()) {
            records[*at].become_written(object);
        }
    }
}

/// Adds to a conflict which of the `changed` records it is about: NetBox does not say.
async fn named<M: Resource, C: Mode>(
    api: &Api,
    records: &[&mut Record<M, C>],
    changed: &[usize],
    error: BulkError,
) -> BulkError {
    if !error.error().is_stale() {
        return error;
    }
    let subjects: Vec<_> = records.iter().map(|record| (record.place(), record.subject())).collect();
    let batch: Vec<usize> = changed.iter().copied().filter(|at| error.batch().contains(at)).collect();
    match compare(api, &subjects, &batch).await {
        Ok(now) => error.with_differing(now.differing),
        Err(_) => error,
    }
}
