//! Updating and deleting the objects that a query finds.

use std::{fmt, ops::RangeInclusive};

use http::Method;

use super::{
    bulk::Bulk,
    ids::targets,
    query::Query,
    record::Record,
    work::{Bound, Source, Work},
};
use crate::{
    model::Resource,
    wire::{Error, Mode, Outcome},
    write::{IntoPatch, Patch},
};

/// The objects that match a query, with the expected number of matches; made by [`Query::expect_count`] and
/// [`Query::at_most`].
///
/// The library reads their ids first, and counts them; the writes address these ids, never the matches of a filter.
///
/// ```
/// # use netbox_core::{Async, Client, Error};
/// use netbox_core::ErrorKind;
///
/// async fn clean_up(client: &Client<Async>) -> Result<usize, Error> {
///     let temporary = client.query_at("extras/tags").param("slug__isw", "tmp-");
///     match temporary.at_most(20).delete().send().await {
///         Err(error) if error.kind() == ErrorKind::Count => Ok(0),    // more than 20: ask a human
///         deleted => Ok(deleted?.len()),
///     }
/// }
/// ```
#[must_use = "nothing is written before `update` or `delete` is sent"]
pub struct Targets<M, C> {
    query: Query<M, C>,
    bound: Bound,
}

impl<M: Resource, C: Mode> Query<M, C> {
    /// The objects that match, to update or delete them if there are exactly `objects`.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, Patch, value::Choice};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, name: Option<String>, status: Choice }
    /// fn retire(client: &Client<Blocking>) -> Result<(), Error> {
    ///     let old = client.query::<Device>().filter(Device::NAME.starts_with("old-"));
    ///     old.expect_count(12).update(Patch::new().set(Device::STATUS, "offline")).send()?;
    ///     Ok(())
    /// }
    /// ```
    pub fn expect_count(self, objects: usize) -> Targets<M, C> {
        Targets { query: self, bound: Bound::Exactly(objects) }
    }

    /// The objects that match, to update or delete them if there are at most `objects`.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn remove(client: &Client<Blocking>) -> Result<usize, Error> {
    ///     Ok(client.query_at("extras/tags").param("slug__isw", "tmp-").at_most(20).delete().send()?.len())
    /// }
    /// ```
    pub fn at_most(self, objects: usize) -> Targets<M, C> {
        Targets { query: self, bound: Bound::AtMost(objects) }
    }
}

/// Modes whose queries write to whatever matches: none, so that the compiler names this trait where the number of objects
/// is missing.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "the objects of a query are updated or deleted only with a bound on their number",
    label = "there may be any number of them",
    note = "first say how many: `.at_most(20)` or `.expect_count(12)`"
)]
pub trait Uncounted: Mode {
    fn never<T>() -> T;
}

/// The methods of [`Targets`]. Without these, the error would suggest the methods of the client that have the same names.
#[doc(hidden)]
impl<M: Resource, C: Mode> Query<M, C> {
    pub fn update<'b, P>(self, _: P) -> Bulk<'b, Record<M, C>, C>
    where
        C: Uncounted,
    {
        C::never()
    }

    pub fn delete<'b>(self) -> Bulk<'b, u64, C>
    where
        C: Uncounted,
    {
        C::never()
    }
}

impl<M: Resource, C: Mode> Targets<M, C> {
    /// The query that finds the objects.
    pub fn query(&self) -> &Query<M, C> {
        &self.query
    }

    /// How many objects are expected.
    pub fn expected(&self) -> RangeInclusive<usize> {
        match self.bound {
            Bound::Exactly(objects) => objects..=objects,
            Bound::AtMost(objects) => 0..=objects,
        }
    }

    /// The ids of all objects that match, expected or not, to look at them first. As before a write, this is an error if NetBox may
    /// ignore a filter.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn unused(client: &Client<Blocking>, used: &[u64]) -> Result<Vec<u64>, Error> {
    ///     let mut ids = client.query_at("extras/tags").param("slug__isw", "tmp-").at_most(20).ids()?;
    ///     ids.retain(|id| !used.contains(id));
    ///     Ok(ids)
    /// }
    /// ```
    pub fn ids<'q>(&self) -> Outcome<'q, C, Result<Vec<u64>, Error>> {
        let (api, question, ..) = self.query.clone().into_parts();
        C::run(targets(api, question, usize::MAX))
    }

    /// Applies `patch` to all of them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Count`](crate::ErrorKind::Count) if there are not as many as expected; nothing is written then.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, Patch};
    /// async fn store(client: &Client<Async>) -> Result<usize, Error> {
    ///     let spares = client.query_at("dcim/devices").tag("spare").at_most(50);
    ///     Ok(spares.update(Patch::new().field("status", "inventory")).send().await?.len())
    /// }
    /// ```
    pub fn update<'b>(self, patch: impl IntoPatch<M>) -> Bulk<'b, Record<M, C>, C> {
        Bulk::of(self.work(Method::PATCH, Some(patch.into_patch().retyped())))
    }

    /// Deletes all of them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Count`](crate::ErrorKind::Count) if there are not as many as expected; nothing is deleted then.
    pub fn delete<'b>(self) -> Bulk<'b, u64, C> {
        Bulk::deleting(self.work(Method::DELETE, None))
    }

    fn work<'b>(self, method: Method, patch: Option<Patch<()>>) -> Work<'b> {
        let (api, question, ..) = self.query.into_parts();
        let path = question.path().clone();
        let source = Source::Matches { question: Box::new(question), bound: self.bound, patch };
        Work::new(&api, Ok(path), method, source)
    }
}

impl<M, C> fmt::Debug for Targets<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Targets").field("query", &self.query).field("bound", &self.bound).finish()
    }
}
