use crate::{
    bulk::{Bulk, Source},
    error::Error,
    model::Resource,
    query::Query,
    record::Record,
    transport::Transport,
    write::Patch,
};

/// The objects that match a query, of which it is known how many there are to be; made by [`Query::expect_count`] and
/// [`Query::at_most`].
///
/// Their ids are read first, and counted; what is written goes to these ids, never to whatever a filter matches.
#[must_use = "nothing is written before `update` or `delete` is sent"]
pub struct Targets<T, M> {
    query: Query<T, M>,
    bound: Bound,
}

/// How many there are to be.
#[derive(Debug, Clone, Copy)]
pub(super) enum Bound {
    Exactly(usize),
    AtMost(usize),
}

impl<T: Transport, M: Resource> Query<T, M> {
    /// The objects that match, to be updated or deleted if they are exactly `objects`.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Choice, Client, Error, NetboxModel, Patch, Transport};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
    /// # struct Device { id: u64, name: Option<String>, status: Choice }
    /// fn retire<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
    ///     let old = client.query::<Device>().filter(Device::NAME.starts_with("old-"));
    ///     old.expect_count(12).update(Patch::new().set(Device::STATUS, "offline")).send()?;
    ///     Ok(())
    /// }
    /// ```
    pub fn expect_count(self, objects: usize) -> Targets<T, M> {
        Targets { query: self, bound: Bound::Exactly(objects) }
    }

    /// The objects that match, to be updated or deleted if they are `objects` at most.
    pub fn at_most(self, objects: usize) -> Targets<T, M> {
        Targets { query: self, bound: Bound::AtMost(objects) }
    }
}

/// A number of objects, which is known before they are written to. No query has one.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "how many objects are to be written to is not said",
    label = "before this, say `.expect_count(n)` or `.at_most(n)`"
)]
pub trait Counted {}

/// What [`Targets`] have, for those who forget to count.
impl<T: Transport, M: Resource> Query<T, M> {
    #[doc(hidden)]
    pub fn update<'b>(self, _: impl Into<Patch<M>>) -> Bulk<'b, T, Record<M, T>>
    where
        Self: Counted,
    {
        unreachable!("no query is `Counted`")
    }

    #[doc(hidden)]
    pub fn delete<'b>(self) -> Bulk<'b, T, u64>
    where
        Self: Counted,
    {
        unreachable!("no query is `Counted`")
    }
}

impl<T: Transport, M: Resource> Targets<T, M> {
    /// Changes all of them alike.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Count`](crate::ErrorKind::Count) if there are not as many as expected; nothing is written then.
    pub fn update<'b>(self, patch: impl Into<Patch<M>>) -> Bulk<'b, T, Record<M, T>> {
        let patch = Some(patch.into().retyped());
        self.bulk(http::Method::PATCH, patch)
    }

    /// Deletes all of them.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Count`](crate::ErrorKind::Count) if there are not as many as expected; nothing is deleted then.
    pub fn delete<'b>(self) -> Bulk<'b, T, u64> {
        self.bulk(http::Method::DELETE, None)
    }

    fn bulk<'b, R: super::Written<T>>(
        self,
        method: http::Method,
        patch: Option<Patch<()>>,
    ) -> Bulk<'b, T, R> {
        let (client, path) = self.query.place();
        let query = Box::new(self.query.only_ids());
        Bulk::of(client, Ok(path), method, Source::Matches { query, bound: self.bound, patch })
    }
}

impl<T, M> std::fmt::Debug for Targets<T, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Targets").field("query", &self.query).field("bound", &self.bound).finish()
    }
}

impl Bound {
    pub(super) fn check(self, found: usize) -> Result<(), Error> {
        let (fits, wanted) = match self {
            Self::Exactly(count) => (found == count, format!("exactly {count}")),
            Self::AtMost(count) => (found <= count, format!("at most {count}")),
        };
        if fits {
            Ok(())
        } else {
            Err(Error::count(format!(
                "{found} objects match, and there were to be {wanted}: nothing was written"
            )))
        }
    }
}
