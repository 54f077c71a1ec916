//! What a question ends in.

use std::collections::BTreeMap;

use http::Method;
use serde::{Deserialize, de::IgnoredAny};

use super::{Aim, Query, Selection};
use crate::{
    client::none_if_not_found,
    error::Error,
    exchange::Call,
    mode::{Async, Mode},
    model::{Model, Resource},
    object::Object,
    options::Options,
    page::{Ahead, Items, Page, Pages},
    params::Params,
    record::Record,
    transport::{Outcome, Transport},
    value::Choice,
};

impl<T: Transport, M: Resource> Query<T, M> {
    /// The objects, one at a time.
    #[allow(clippy::iter_not_returning_iterator, reason = "it is one on a blocking transport")]
    pub fn iter(self) -> Items<T, M> {
        Items::new(self.pages())
    }

    /// The objects, a page at a time.
    pub fn pages(self) -> Pages<T, M> {
        Pages::new(self.walk())
    }

    /// All objects.
    pub fn all<'q>(self) -> Outcome<'q, T, Result<Vec<Record<M, T>>, Error>>
    where
        T: 'q,
    {
        T::Mode::run(async move {
            let mut pages = self.pages();
            let mut all = Vec::new();
            while let Some(page) = pages.advance().await {
                all.append(&mut page?);
            }
            Ok(all)
        })
    }

    /// The first object, in the order that was asked for or else in that of the ids; `None` if none matches. Of a
    /// query that takes several requests, it is the first of the first one.
    pub fn first<'q>(self) -> Outcome<'q, T, Result<Option<Record<M, T>>, Error>>
    where
        T: 'q,
    {
        T::Mode::run(async move {
            let page = self.page_size(1).pages().advance().await.transpose()?;
            Ok(page.and_then(|page| page.into_iter().next()))
        })
    }

    /// The one object that matches.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NoMatch`](crate::ErrorKind::NoMatch) if none does,
    /// [`ErrorKind::ManyMatches`](crate::ErrorKind::ManyMatches) if several do.
    pub fn one<'q>(self) -> Outcome<'q, T, Result<Record<M, T>, Error>>
    where
        T: 'q,
    {
        T::Mode::run(async move {
            let mut pages = self.page_size(2).pages();
            let mut found = None;
            while let Some(page) = pages.advance().await {
                for object in page? {
                    if found.replace(object).is_some() {
                        return Err(Error::many_matches(pages.asked().cloned()));
                    }
                }
            }
            found.ok_or_else(|| Error::no_match(pages.asked().cloned()))
        })
    }

    /// How many objects match.
    pub fn count<'q>(self) -> Outcome<'q, T, Result<u64, Error>>
    where
        T: 'q,
    {
        T::Mode::run(async move {
            let mut ids = self.only_ids();
            ids.order.clear();
            ids.offset = None;
            match ids.parts()?.as_slice() {
                [part] => ids.ask_count(part.clone()).await,
                // Each part might count the same object.
                _ => Ok(ids.collect_ids().await?.len() as u64),
            }
        })
    }

    /// The ids of the objects.
    pub fn ids<'q>(self) -> Outcome<'q, T, Result<Vec<u64>, Error>>
    where
        T: 'q,
    {
        T::Mode::run(self.only_ids().collect_ids())
    }

    /// What NetBox says that can be written here: fields, which of them are required, and choices.
    pub fn options<'q>(self) -> Outcome<'q, T, Result<Options, Error>>
    where
        T: 'q,
    {
        T::Mode::run(async move {
            self.parts()?;
            self.client.ask_options(&self.path).await
        })
    }

    /// The choices of each field that has any, by its name.
    ///
    /// # Errors
    ///
    /// [`Error::is_forbidden`] if the token may not write here: NetBox does not tell the choices then.
    pub fn choices<'q>(self) -> Outcome<'q, T, Result<BTreeMap<String, Vec<Choice>>, Error>>
    where
        T: 'q,
    {
        T::Mode::run(async move {
            self.parts()?;
            let options = self.client.ask_options(&self.path).await?;
            if !options.is_known() {
                return Err(Error::untold(&self.path));
            }
            let choices = options.fields().filter(|(_, field)| !field.choices().is_empty());
            Ok(choices.map(|(name, field)| (name.to_owned(), field.choices().to_vec())).collect())
        })
    }

    /// What the export template of that name makes of all objects that match, as text.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is no such template for these objects.
    pub fn export<'q>(self, template: &'q str) -> Outcome<'q, T, Result<String, Error>>
    where
        T: 'q,
    {
        T::Mode::run(async move {
            let whole = self.all_fields();
            let filters = match whole.parts()?.as_slice() {
                [filters] => filters.clone(),
                [] => return Ok(String::new()),
                _ => {
                    return Err(Error::query(
                        "the query is too long for one request, and an export is one text",
                    ));
                }
            };
            whole.names().check_custom(&whole.client, Aim::Read).await?;
            let call = Call::new(Method::GET, whole.path.clone(), filters.with("export", template));
            let answer = whole.client.exchange(call).await?;
            whole.names().check(&whole.client)?;
            Ok(answer.text())
        })
    }

    /// The object with that id, in the form that was asked for, or `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Query`](crate::ErrorKind::Query) if there are filters: NetBox has none for one object.
    pub fn find<'q>(self, id: u64) -> Outcome<'q, T, Result<Option<Record<M, T>>, Error>>
    where
        T: 'q,
    {
        T::Mode::run(async move {
            self.parts()?;
            if !self.filters.is_empty() || self.nothing {
                return Err(Error::query(
                    "`find` has no filters: use `param(\"id\", …)` and `one` to find by both",
                ));
            }
            let found = self.client.read_as(&self.path, id, self.selection).await;
            let Some(record) = found.map(Some).or_else(none_if_not_found)? else { return Ok(None) };
            for prefetch in &self.prefetchers {
                prefetch(&self.client, std::slice::from_ref(&*record)).await?;
            }
            Ok(Some(record))
        })
    }

    pub(crate) fn only_ids(self) -> Query<T, OnlyId> {
        Query { selection: Selection::of::<OnlyId>(), ..self.retyped() }
    }

    /// The same question for objects of another type, without what is to be resolved of them.
    fn retyped<N>(self) -> Query<T, N> {
        Query {
            selection: self.selection,
            prefetchers: Vec::new(),
            client: self.client,
            path: self.path,
            filters: self.filters,
            unchecked: self.unchecked,
            nothing: self.nothing,
            refused: self.refused,
            order: self.order,
            offset: self.offset,
            page_size: self.page_size,
        }
    }
}

/// What is read of an object to know its id.
#[derive(Deserialize)]
pub(crate) struct OnlyId {
    id: u64,
}

impl Model for OnlyId {
    const ENDPOINT: &'static str = "";
    const FIELDS: Option<&'static [&'static str]> = Some(&["id"]);

    fn id(&self) -> u64 {
        self.id
    }
}

impl<T: Transport> Query<T, OnlyId> {
    pub(crate) async fn collect_ids(self) -> Result<Vec<u64>, Error> {
        self.collect_ids_up_to(usize::MAX).await
    }

    /// The ids of objects that are to be written to, and one more than `most` of them if there are more.
    pub(crate) async fn targets(self, most: usize) -> Result<Vec<u64>, Error> {
        self.parts()?;
        self.names().check_custom(&self.client, Aim::Write).await?;
        self.collect_ids_up_to(most).await
    }

    async fn collect_ids_up_to(self, most: usize) -> Result<Vec<u64>, Error> {
        let mut walk = self.walk();
        let mut ids = Vec::new();
        while let Some(page) = walk.advance().await {
            ids.extend(page?.iter().map(Model::id));
            if ids.len() > most {
                ids.truncate(most + 1);
                break;
            }
        }
        Ok(ids)
    }

    /// As NetBox counts them; a list that it does not count is read.
    async fn ask_count(self, part: Params) -> Result<u64, Error> {
        let names = self.names();
        names.check_custom(&self.client, Aim::Read).await?;
        let call = Call::new(Method::GET, self.path.clone(), part.with("limit", 1));
        let answer = self.client.exchange(call).await?;
        names.check(&self.client)?;
        let page = Page::<IgnoredAny>::read(&answer)?;
        match page.count {
            Some(count) => Ok(count),
            None => self.count_rows().await,
        }
    }

    async fn count_rows(self) -> Result<u64, Error> {
        let mut walk = self.retyped::<Object>().walk();
        let mut count = 0;
        while let Some(page) = walk.advance().await {
            count += page?.len() as u64;
        }
        Ok(count)
    }
}

impl<T: Transport<Mode = Async> + 'static, M: Resource> Query<T, M> {
    /// The objects as pages of which up to `pages`, at least 1, are read ahead while the caller works on one.
    ///
    /// Nothing runs by itself: the next page is asked for as soon as one is handed out, and comes in whenever the
    /// caller asks for another page, or object with [`Pages::into_items`]. Whoever works on one page for longer than
    /// the transport's time-out should rather ask without this, or from a task of its own. On a blocking transport, the
    /// same is had from a thread of the caller's own that sends what [`pages`](Query::pages) gives through a channel:
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, Transport};
    /// fn names<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
    ///     let pages = client.query_at("dcim/interfaces").pages();
    ///     std::thread::scope(|scope| {
    ///         let (sender, receiver) = std::sync::mpsc::sync_channel(2);
    ///         scope.spawn(move || pages.into_iter().try_for_each(|page| sender.send(page)));
    ///         for page in receiver {
    ///             println!("{} interfaces", page?.len());
    ///         }
    ///         Ok(())
    ///     })
    /// }
    /// ```
    pub fn prefetch_pages(self, pages: usize) -> Pages<T, M> {
        Pages::ahead(Ahead::new(self.walk(), pages.max(1)))
    }

    /// The objects as a [`Stream`](futures_core::Stream).
    #[cfg(feature = "stream")]
    pub fn stream(self) -> crate::page::ItemStream<T, M> {
        self.iter().into_stream()
    }
}
