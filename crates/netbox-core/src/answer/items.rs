use std::{
    fmt, future,
    iter::FusedIterator,
    marker::PhantomData,
    task::{Context, Poll, ready},
    vec,
};

use super::{
    query::Query,
    record::{Record, Take},
    walk::Walk,
};
use crate::{
    model::Resource,
    wire::{Blocking, Error, Iterating, Mode, NoMode, Outcome},
};

/// The objects of a list, a page at a time; made by [`Query::pages`](crate::Query::pages).
///
/// With a blocking client, this is an iterator as well. It ends after an error.
///
/// ```
/// # use netbox_core::{Async, Client, Error, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "ipam/prefixes")] struct Prefix { id: u64 }
/// async fn copy(client: &Client<Async>) -> Result<(), Error> {
///     let mut pages = client.query::<Prefix>().pages();
///     while let Some(page) = pages.next_page().await {
///         let page = page?;
///         println!("one INSERT with {} rows", page.len());
///     }
///     Ok(())
/// }
/// ```
pub struct Pages<M, C, R = Record<M, C>> {
    walk: Walk,
    take: Take<R>,
    types: PhantomData<fn() -> (M, C)>,
}

impl<M: Resource, C: Mode, R: Send + Sync + 'static> Pages<M, C, R> {
    pub(super) fn new(walk: Walk, take: Take<R>) -> Self {
        Self { walk, take, types: PhantomData }
    }

    /// The same objects, one at a time.
    pub fn into_items(self) -> Items<M, C, R> {
        Items { pages: self, page: Vec::new().into_iter() }
    }

    /// The next page that is not empty, or `None` at the end.
    pub fn next_page(&mut self) -> Outcome<'_, C, Option<Result<Vec<R>, Error>>> {
        C::run(future::poll_fn(|context| self.poll_page(context)))
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Vec<R>, Error>>> {
        let page = ready!(self.walk.poll_next(context));
        // There is room now: the next page goes on its way.
        self.walk.tend(context);
        Poll::Ready(match page {
            Some(Ok(page)) => Some(Ok((self.take)(self.walk.api(), self.walk.path(), None, page))),
            Some(Err(error)) => Some(Err(error)),
            None => None,
        })
    }
}

impl<M: Resource, C: Iterating, R: Send + Sync + 'static> FusedIterator for Pages<M, C, R> {}

impl<M: Resource, C: Iterating, R: Send + Sync + 'static> Iterator for Pages<M, C, R> {
    type Item = Result<Vec<R>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        C::done(self.next_page())
    }
}

impl<M, C, R> fmt::Debug for Pages<M, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("path", self.walk.path()).finish_non_exhaustive()
    }
}

/// The objects of a list, one at a time; made by [`Query::iter`](crate::Query::iter).
///
/// A page is read when its first object is requested. With a blocking client, this is an iterator as well; with an
/// async client and the feature `stream`, it is a [`Stream`](https://docs.rs/futures-core). It ends after an error.
///
/// ```
/// # use netbox_core::{Async, Client, Error};
/// async fn names(client: &Client<Async>) -> Result<(), Error> {
///     let mut sites = client.query_at("dcim/sites").iter();
///     while let Some(site) = sites.next_item().await {
///         println!("{}", site?.get::<String>("name")?);
///     }
///     Ok(())
/// }
/// ```
pub struct Items<M, C, R = Record<M, C>> {
    pages: Pages<M, C, R>,
    page: vec::IntoIter<R>,
}

impl<M: Resource, C: Mode, R: Send + Sync + 'static> Items<M, C, R> {
    /// The next object, or `None` at the end.
    pub fn next_item(&mut self) -> Outcome<'_, C, Option<Result<R, Error>>> {
        C::run(future::poll_fn(|context| self.poll_item(context)))
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                self.pages.walk.tend(context);
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.page = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<M: Resource, C: Iterating, R: Send + Sync + 'static> FusedIterator for Items<M, C, R> {}

impl<M: Resource, C: Iterating, R: Send + Sync + 'static> Iterator for Items<M, C, R> {
    type Item = Result<R, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        // Nothing has to be driven while there are objects at hand, unless something came in that was asked for ahead.
        if !self.pages.walk.has_news()
            && let Some(item) = self.page.next()
        {
            return Some(Ok(item));
        }
        C::done(self.next_item())
    }
}

/// Nothing in it is pinned but what is boxed.
impl<M, C, R> Unpin for Items<M, C, R> {}

#[cfg(feature = "stream")]
impl<M: Resource, R: Send + Sync + 'static> futures_core::Stream for Items<M, crate::wire::Async, R> {
    type Item = Result<R, Error>;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<M, C, R> fmt::Debug for Items<M, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("at_hand", &self.page.len()).finish_non_exhaustive()
    }
}

/// `for site in client.query::<Site>()` is [`Query::iter`](crate::Query::iter).
impl<M: Resource, R: Send + Sync + 'static> IntoIterator for Query<M, Blocking, R> {
    type Item = Result<R, Error>;
    type IntoIter = Items<M, Blocking, R>;

    fn into_iter(self) -> Items<M, Blocking, R> {
        self.iter()
    }
}

/// No query is an iterator itself. Without this, the error about a loop over a query of an async client would be that of
/// `Iterator`, which does not say what to write.
#[doc(hidden)]
impl<M: Resource, C: NoMode, R: Send + Sync + 'static> Iterator for Query<M, C, R> {
    type Item = Result<R, Error>;

    fn next(&mut self) -> Option<Result<R, Error>> {
        C::never()
    }
}
