use std::{
    fmt, future,
    iter::FusedIterator,
    marker::PhantomData,
    task::{Context, Poll},
    vec,
};

use super::{reader::Reader, record::Record, walk::Walk};
use crate::{
    client::Api,
    model::Resource,
    wire::{ApiPath, Blocking, Error, Mode, Outcome},
};

/// The objects of a list, a page at a time; made by [`Query::pages`](crate::Query::pages).
///
/// With a blocking client, this is an iterator as well. It ends after an error.
pub struct Pages<M, C> {
    reader: Reader,
    api: Api,
    path: ApiPath,
    records: PhantomData<fn() -> Record<M, C>>,
}

impl<M: Resource, C: Mode> Pages<M, C> {
    pub(super) fn new(walk: Walk, ahead: usize) -> Self {
        let (api, path) = (walk.api().clone(), walk.path().clone());
        Self { reader: Reader::new(walk, ahead), api, path, records: PhantomData }
    }

    /// The same objects, one at a time.
    pub fn into_items(self) -> Items<M, C> {
        Items { pages: self, page: Vec::new().into_iter() }
    }

    /// The next page that holds anything, or `None` at the end.
    pub fn next_page(&mut self) -> Outcome<'_, C, Option<Result<Vec<Record<M, C>>, Error>>> {
        C::run(self.advance())
    }

    async fn advance(&mut self) -> Option<Result<Vec<Record<M, C>>, Error>> {
        future::poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Vec<Record<M, C>>, Error>>> {
        let page = std::task::ready!(self.reader.poll_page(context));
        Poll::Ready(page.map(|page| Ok(Record::all(&self.api, &self.path, page?))))
    }
}

impl<M: Resource> FusedIterator for Pages<M, Blocking> {}

impl<M: Resource> Iterator for Pages<M, Blocking> {
    type Item = Result<Vec<Record<M, Blocking>>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_page()
    }
}

impl<M, C> fmt::Debug for Pages<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("path", &self.path).finish_non_exhaustive()
    }
}

/// The objects of a list, one at a time; made by [`Query::iter`](crate::Query::iter).
///
/// A page is read when its first object is asked for. With a blocking client, this is an iterator as well; with an async
/// one and the feature `stream`, it is a [`Stream`](https://docs.rs/futures-core). It ends after an error.
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
pub struct Items<M, C> {
    pages: Pages<M, C>,
    page: vec::IntoIter<Record<M, C>>,
}

impl<M: Resource, C: Mode> Items<M, C> {
    /// The next object, or `None` at the end.
    pub fn next_item(&mut self) -> Outcome<'_, C, Option<Result<Record<M, C>, Error>>> {
        C::run(future::poll_fn(|context| self.poll_item(context)))
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Record<M, C>, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                self.pages.reader.tend(context);
                return Poll::Ready(Some(Ok(item)));
            }
            match std::task::ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.page = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<M: Resource> FusedIterator for Items<M, Blocking> {}

impl<M: Resource> Iterator for Items<M, Blocking> {
    type Item = Result<Record<M, Blocking>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.page.next() {
            Some(item) => Some(Ok(item)),
            None => self.next_item(),
        }
    }
}

/// Nothing in it is pinned but what is boxed.
impl<M, C> Unpin for Items<M, C> {}

#[cfg(feature = "stream")]
impl<M: Resource> futures_core::Stream for Items<M, crate::wire::Async> {
    type Item = Result<Record<M, crate::wire::Async>, Error>;

    fn poll_next(mut self: std::pin::Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<M, C> fmt::Debug for Items<M, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("at_hand", &self.page.len()).finish_non_exhaustive()
    }
}
