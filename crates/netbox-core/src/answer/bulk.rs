//! Writing many objects with few requests.

use std::{fmt, marker::PhantomData, time::Duration};

use http::Method;

use super::{
    bulk_job::BulkJob,
    record::Record,
    work::{Done, Give, Progress, Source, Work},
};
use crate::{
    client::{Api, Client},
    model::{Model, Object, Reading, Resource},
    wire::{ApiPath, Error, Mode, Outcome},
    write::{BulkError, IntoPatch, Item},
};

/// Many writes of one kind, made by [`Client::create_many`], [`Client::update_many`], [`Client::delete_many`] and
/// [`Targets`](crate::bulk::Targets); nothing is sent before [`send`](Bulk::send).
///
/// The writes are sent in batches, each of which NetBox carries out as a whole or not at all; before 4.7, it omits objects of
/// an update that do not exist, and writes the others. A batch that fails ends the bulk write.
///
/// # Examples
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64, name: String, slug: String }
/// fn fill(client: &Client<Blocking>) -> Result<(), Error> {
///     let patches = (1..=500).map(|n| Patch::new().set(Tag::NAME, format!("Tag {n}")).set(Tag::SLUG, format!("tag-{n}")));
///     let tags = client
///         .create_many::<Tag>(patches)
///         .batch_size(50)
///         .message("initial tags")
///         .on_progress(|progress| println!("{} of {}", progress.done, progress.total))
///         .send();
///     match tags {
///         Ok(tags) => println!("{} tags", tags.len()),
///         Err(error) => {
///             for item in error.items() {
///                 eprintln!("{item}");
///             }
///             println!("{} were written", error.written().count());
///         }
///     }
///     client.query::<Tag>().filter(Tag::SLUG.starts_with("tag-")).at_most(500).delete().send()?;
///     Ok(())
/// }
/// ```
#[must_use = "nothing is sent before `send`"]
pub struct Bulk<'b, R, C> {
    work: Work<'b>,
    give: Give<R>,
    mode: PhantomData<fn() -> C>,
}

impl<C: Mode> Client<C> {
    /// Creates objects; [`send`](Bulk::send) returns their records, in the order of `patches`.
    ///
    /// Each item is a [`Patch`](crate::Patch), or a value that serde writes as a map.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/vlans")] struct Vlan { id: u64, vid: u16, name: String }
    /// async fn fill(client: &Client<Async>) -> Result<usize, Error> {
    ///     let patch = |vid: u16| Patch::new().set(Vlan::VID, vid).set(Vlan::NAME, format!("user-{vid}"));
    ///     let vlans = client.create_many::<Vlan>((100..200).map(patch)).send().await?;
    ///     Ok(vlans.len())
    /// }
    /// ```
    pub fn create_many<'b, M: Model>(
        &self,
        patches: impl IntoIterator<Item = impl IntoPatch<M>>,
    ) -> Bulk<'b, Record<M, C>, C> {
        let items = patches.into_iter().map(|patch| Item::create(patch.into_patch()));
        Bulk::records(self.api(), Ok(ApiPath::of_endpoint(M::ENDPOINT)), Method::POST, items.collect())
    }

    /// Creates objects at the path of a list, without a struct; see [`create_many`](Client::create_many).
    pub fn create_many_at<'b>(
        &self,
        path: &str,
        patches: impl IntoIterator<Item = impl IntoPatch<Object>>,
    ) -> Bulk<'b, Record<Object, C>, C> {
        let items = patches.into_iter().map(|patch| Item::create(patch.into_patch()));
        Bulk::records(self.api(), ApiPath::parse(path), Method::POST, items.collect())
    }

    /// Changes objects, each given by its id; [`send`](Bulk::send) returns the records of those that were written, in
    /// the order of `patches`. An object whose patch changes nothing is omitted.
    ///
    /// An object is changed even if somebody else changed it since it was read.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/interfaces")] struct Interface { id: u64, mtu: Option<u32> }
    /// async fn jumbo(client: &Client<Async>, ids: Vec<u64>) -> Result<(), Error> {
    ///     let patches = ids.into_iter().map(|id| (id, Patch::new().set(Interface::MTU, 9000)));
    ///     client.update_many::<Interface>(patches).message("jumbo frames").send().await?;
    ///     Ok(())
    /// }
    /// ```
    pub fn update_many<'b, M: Model>(
        &self,
        patches: impl IntoIterator<Item = (u64, impl IntoPatch<M>)>,
    ) -> Bulk<'b, Record<M, C>, C> {
        let items = patches.into_iter().map(|(id, patch)| Item::update(id, patch.into_patch()));
        Bulk::records(self.api(), Ok(ApiPath::of_endpoint(M::ENDPOINT)), Method::PATCH, items.collect())
    }

    /// Changes objects below the path of a list, without a struct; see [`update_many`](Client::update_many).
    pub fn update_many_at<'b>(
        &self,
        path: &str,
        patches: impl IntoIterator<Item = (u64, impl IntoPatch<Object>)>,
    ) -> Bulk<'b, Record<Object, C>, C> {
        let items = patches.into_iter().map(|(id, patch)| Item::update(id, patch.into_patch()));
        Bulk::records(self.api(), ApiPath::parse(path), Method::PATCH, items.collect())
    }

    /// Deletes the objects with these ids; [`send`](Bulk::send) returns the ids.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64, name: String, slug: String }
    /// fn remove(client: &Client<Blocking>, ids: Vec<u64>) -> Result<usize, Error> {
    ///     Ok(client.delete_many::<Tag>(ids).send()?.len())
    /// }
    /// ```
    pub fn delete_many<'b, M: Model>(&self, ids: impl IntoIterator<Item = u64>) -> Bulk<'b, u64, C> {
        let items = ids.into_iter().map(Item::delete);
        Bulk::ids(self.api(), Ok(ApiPath::of_endpoint(M::ENDPOINT)), items.collect())
    }

    /// Deletes objects below the path of a list.
    pub fn delete_many_at<'b>(&self, path: &str, ids: impl IntoIterator<Item = u64>) -> Bulk<'b, u64, C> {
        let items = ids.into_iter().map(Item::delete);
        Bulk::ids(self.api(), ApiPath::parse(path), items.collect())
    }
}

impl<'b, M: Resource, C: Mode> Bulk<'b, Record<M, C>, C> {
    fn records(api: &Api, path: Result<ApiPath, Error>, method: Method, items: Vec<Item>) -> Self {
        Self::of(Work::new(api, path, method, Source::Items(items)))
    }

    pub(super) fn of(work: Work<'b>) -> Self {
        let give: Give<Record<M, C>> = |api, path, done| {
            done.rows.into_iter().flat_map(|rows| Record::all(api, path, None, rows)).collect()
        };
        Self { work: work.answered_by(Reading::of::<M>()), give, mode: PhantomData }
    }
}

impl<'b, C: Mode> Bulk<'b, u64, C> {
    fn ids(api: &Api, path: Result<ApiPath, Error>, items: Vec<Item>) -> Self {
        Self::deleting(Work::new(api, path, Method::DELETE, Source::Items(items)))
    }

    pub(super) fn deleting(work: Work<'b>) -> Self {
        Self { work, give: |_, _, done| done.deleted, mode: PhantomData }
    }
}

impl<'b, R: Send, C: Mode> Bulk<'b, R, C> {
    /// Sets how many objects a request writes, at least 1. The default is 100, and 50 for a deletion; with a
    /// [concurrency](Self::concurrency) above 1 it is smaller, down to 10 objects, so that all requests under way have a share.
    ///
    /// NetBox takes any number, but a proxy before it may not wait for its answer.
    pub fn batch_size(mut self, objects: usize) -> Self {
        self.work.size = Some(objects);
        self
    }

    /// Sets how many requests are under way at the same time, at least 1. The default is 1, whatever
    /// [`ClientBuilder::concurrency`](crate::ClientBuilder::concurrency) says.
    ///
    /// Only items that don't depend on items of other batches can be written in parallel: a region must exist before
    /// the regions below it. NetBox may carry out later batches first, so the ids of new objects don't ascend in the
    /// order of the items. After a failure, no further batch begins, and the call waits for those under way, so that
    /// the fates of their items are known, too. Writing keeps the server's processors busy, so more requests than the
    /// server has processors gain little.
    ///
    /// Requests that change the same objects wait for each other, also by way of the counters that NetBox keeps of a
    /// device's components. If the database has to undo one for that (`deadlock detected`), it and the rest go one by one.
    ///
    /// A blocking client sends each of these requests from a thread of its own.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/vlans")] struct Vlan { id: u64, vid: u16, name: String }
    /// fn fill(client: &Client<Blocking>, vlans: Vec<Patch<Vlan>>) -> Result<(), Error> {
    ///     client.create_many::<Vlan>(vlans).concurrency(4).send()?;
    ///     Ok(())
    /// }
    /// ```
    pub fn concurrency(mut self, requests: usize) -> Self {
        self.work.together = requests;
        self
    }

    /// Limits the time of each request in place of the transport's limit; see [`Timeout`](crate::transport::Timeout). NetBox may
    /// need more than a second for ten objects, and whether a batch was written is unknown after a time-out.
    pub fn timeout(mut self, time: Duration) -> Self {
        self.work.api = self.work.api.timeout(time);
        self
    }

    /// Sets the message for the change log, for all items that have none of their own; see
    /// [`Patch::message`](crate::Patch::message).
    pub fn message(mut self, text: impl Into<String>) -> Self {
        self.work.message = Some(text.into());
        self
    }

    /// Calls `tell` after each batch.
    pub fn on_progress(mut self, tell: impl FnMut(Progress) + Send + 'b) -> Self {
        self.work.progress = Some(Box::new(tell));
        self
    }

    /// Sends all items, and returns the written ones.
    ///
    /// # Errors
    ///
    /// A [`BulkError`], which says of every item whether it was written. If an object does not exist, its
    /// [`kind`](BulkError::kind) is [`Invalid`](crate::ErrorKind::Invalid) from 4.7 on; before, it is
    /// [`Count`](crate::ErrorKind::Count) for a deletion, and [`Unfulfilled`](crate::ErrorKind::Unfulfilled) for an update.
    pub fn send(self) -> Outcome<'b, C, Result<Vec<R>, BulkError>>
    where
        R: 'b,
    {
        C::run(async move {
            let (api, path) = (self.work.api.clone(), self.work.path.clone());
            let mut done = Done::default();
            self.work.send(&mut done).await?;
            Ok((self.give)(&api, &path, done))
        })
    }

    /// Puts all items into NetBox's queue as one job, from 4.7 on; the job may take any time.
    ///
    /// NetBox checks nothing before the job runs. The token's user needs the right to view jobs to see the outcome.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Version`](crate::ErrorKind::Version) before 4.7, since such a NetBox would write the items at once, and
    /// [`ErrorKind::Unavailable`](crate::ErrorKind::Unavailable) if NetBox has no worker that could run the job.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "extras/tags")] struct Tag { id: u64 }
    /// fn tidy(client: &Client<Blocking>, ids: Vec<u64>) -> Result<(), Error> {
    ///     let job = client.delete_many::<Tag>(ids).background()?;
    ///     let deleted = job.wait(std::time::Duration::from_secs(600))?;
    ///     println!("{} tags are gone", deleted.len());
    ///     Ok(())
    /// }
    /// ```
    pub fn background(self) -> Outcome<'b, C, Result<BulkJob<R, C>, BulkError>>
    where
        R: 'b,
    {
        C::run(async move { Ok(BulkJob::new(self.work.background().await?, self.give)) })
    }
}

impl<R, C> fmt::Debug for Bulk<'_, R, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk")
            .field("method", &self.work.method)
            .field("batch_size", &self.work.size)
            .finish_non_exhaustive()
    }
}
