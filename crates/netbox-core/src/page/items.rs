use std::{fmt, iter::FusedIterator, vec};

use super::{ahead::Ahead, walk::Walk};
use crate::{
    error::{Asked, Error},
    mode::{Blocking, Mode},
    model::Resource,
    record::Record,
    transport::{Outcome, Transport},
};

/// The objects of a list, a page at a time; made by [`Query::pages`](crate::Query::pages).
///
/// On a blocking transport it is an iterator as well. After an error it gives nothing more.
pub struct Pages<T, M> {
    source: Source<T, M>,
}

enum Source<T, M> {
    Walk(Walk<T, M>),
    Ahead(Ahead<T, M>),
}

impl<T: Transport, M: Resource> Pages<T, M> {
    pub(crate) fn new(walk: Walk<T, M>) -> Self {
        Self { source: Source::Walk(walk) }
    }

    pub(crate) fn ahead(ahead: Ahead<T, M>) -> Self {
        Self { source: Source::Ahead(ahead) }
    }

    /// The same objects, one at a time.
    pub fn into_items(self) -> Items<T, M> {
        Items::new(self)
    }

    /// The next page that holds anything, or `None` at the end.
    pub fn next_page(&mut self) -> Outcome<'_, T, Option<Result<Vec<Record<M, T>>, Error>>> {
        T::Mode::run(self.advance())
    }

    pub(crate) async fn advance(&mut self) -> Option<Result<Vec<Record<M, T>>, Error>> {
        match &mut self.source {
            Source::Walk(walk) => {
                let page = walk.advance().await?;
                Some(page.map(|page| records(page, walk)))
            }
            Source::Ahead(ahead) => ahead.advance().await,
        }
    }

    /// What was asked last.
    pub(crate) fn asked(&self) -> Option<&Asked> {
        match &self.source {
            Source::Walk(walk) => walk.asked(),
            Source::Ahead(_) => None,
        }
    }

    /// Lets pages that are read ahead come in.
    fn tend(&mut self, context: &mut std::task::Context<'_>) {
        if let Source::Ahead(ahead) = &mut self.source {
            ahead.tend(context);
        }
    }
}

pub(super) fn records<T: Transport, M: Resource>(page: Vec<M>, walk: &Walk<T, M>) -> Vec<Record<M, T>> {
    let record = |model: M| {
        let endpoint = model.home().map_or_else(|| walk.path().clone(), crate::base::ApiPath::of_endpoint);
        Record::new(model, walk.client().clone(), endpoint, None)
    };
    page.into_iter().map(record).collect()
}

impl<T: Transport<Mode = Blocking>, M: Resource> FusedIterator for Pages<T, M> {}
impl<T: Transport<Mode = Blocking>, M: Resource> FusedIterator for Items<T, M> {}

impl<T: Transport<Mode = Blocking>, M: Resource> Iterator for Pages<T, M> {
    type Item = Result<Vec<Record<M, T>>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.next_page()
    }
}

impl<T, M> fmt::Debug for Pages<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").finish_non_exhaustive()
    }
}

/// The objects of a list, one at a time; made by [`Query::iter`](crate::Query::iter).
///
/// A page is read when its first object is asked for. On a blocking transport it is an iterator as well. After an
/// error it gives nothing more.
///
/// ```
/// # use netbox_core::{Async, Client, Error, Transport};
/// async fn names<T: Transport<Mode = Async>>(client: &Client<T>) -> Result<(), Error> {
///     let mut sites = client.query_at("dcim/sites").iter();
///     while let Some(site) = sites.next_item().await {
///         println!("{}", site?.get::<String>("name")?);
///     }
///     Ok(())
/// }
/// ```
pub struct Items<T, M> {
    pages: Pages<T, M>,
    page: vec::IntoIter<Record<M, T>>,
}

impl<T: Transport, M: Resource> Items<T, M> {
    pub(crate) fn new(pages: Pages<T, M>) -> Self {
        Self { pages, page: Vec::new().into_iter() }
    }

    /// The next object of the page that is here.
    pub(super) fn at_hand(&mut self) -> Option<Record<M, T>> {
        self.page.next()
    }

    /// The next object, or `None` at the end.
    pub fn next_item(&mut self) -> Outcome<'_, T, Option<Result<Record<M, T>, Error>>> {
        T::Mode::run(self.advance())
    }

    async fn advance(&mut self) -> Option<Result<Record<M, T>, Error>> {
        if let Some(item) = self.at_hand() {
            std::future::poll_fn(|context| {
                self.pages.tend(context);
                std::task::Poll::Ready(())
            })
            .await;
            return Some(Ok(item));
        }
        match self.pages.advance().await? {
            Ok(page) => {
                self.page = page.into_iter();
                self.page.next().map(Ok)
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<T: Transport<Mode = Blocking>, M: Resource> Iterator for Items<T, M> {
    type Item = Result<Record<M, T>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.at_hand() {
            Some(item) => Some(Ok(item)),
            None => self.next_item(),
        }
    }
}

impl<T, M> fmt::Debug for Items<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("at_hand", &self.page.len()).finish_non_exhaustive()
    }
}
