//! Asking for objects.

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use super::{
    prefetch::Prefetch,
    record::{Record, Take},
    source::{Source, not_selected},
    walk::{Prefetcher, Resolver, Walk},
};
use crate::{
    client::{Api, Client},
    model::{Decode, Filter, Model, Object, Order, Resource},
    names::Given,
    question::{ParamValue, Question, Selection},
    wire::{ApiPath, Error, Mode},
};

/// A query for the objects of one endpoint; made by [`Client::query`](crate::Client::query) and
/// [`Client::query_at`](crate::Client::query_at).
///
/// Each method narrows the query or changes how it is sent. Nothing is sent before one of the methods that run the query:
/// [`iter`](Query::iter), [`pages`](Query::pages), [`all`](Query::all), [`first`](Query::first), [`last`](Query::last),
/// [`one`](Query::one), [`exists`](Query::exists), [`count`](Query::count), [`ids`](Query::ids), and
/// [`find`](Query::find). With the feature `stream`, the value of `iter` is a `Stream`. A mistake in the query is
/// an error of these methods, or of the first item or page: before the query is sent, or, where only an answer shows the server's
/// version, before there is an object. NetBox itself ignores filters that it does not know,
/// and answers with everything.
///
/// [`expect_count`](Query::expect_count) and [`at_most`](Query::at_most) lead to the update or deletion of the objects that
/// match: nothing is written to an unexpected number of objects.
///
/// # Examples
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
/// # struct Device { id: u64, name: Option<String>, serial: String, #[fk] site: Fk<Site> }
/// fn run(client: &Client<Blocking>) -> Result<(), Error> {
///     let devices = client
///         .query::<Device>()
///         .filter(Device::SITE.named("dm-berlin"))
///         .filter(Device::NAME.contains("leaf"))
///         .order(Device::NAME.asc())
///         .prefetch(Device::SITE)
///         .all()?;
///     for device in &devices {
///         println!("{:?} is in {}", device.name, device.site(client)?.name);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "a query asks nothing before one of its ends, such as `iter` or `all`"]
pub struct Query<M, C, R = Record<M, C>> {
    api: Api,
    question: Question,
    prefetchers: Vec<Prefetcher>,
    form: RowForm<R>,
    types: PhantomData<fn() -> (M, C)>,
}

/// The rows that a query gives, and how they come out of an answer.
pub(super) struct RowForm<R> {
    pub(super) decode: Decode,
    pub(super) take: Take<R>,
    /// The fields that a row has, unless it is an object.
    pub(super) selected: Option<Vec<&'static str>>,
}

impl<R> Clone for RowForm<R> {
    fn clone(&self) -> Self {
        Self { decode: self.decode.clone(), take: self.take, selected: self.selected.clone() }
    }
}

impl<M: Resource, C: Mode> Query<M, C> {
    pub(super) fn new(api: &Api, path: Result<ApiPath, Error>) -> Self {
        let question = Question::new(path, Selection::of(M::SELECTED), api.page_size());
        let form = RowForm { decode: Decode::of::<M>(), take: Record::all, selected: None };
        Self { api: api.clone(), question, prefetchers: Vec::new(), form, types: PhantomData }
    }
}

impl<M: Resource, C: Mode, R: Send + Sync + 'static> Query<M, C, R> {
    /// Keeps objects that match `filter`; several filters must all match.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel, value::Choice};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, status: Choice, serial: String }
    /// fn unlabelled(client: &Client<Blocking>) -> Result<u64, Error> {
    ///     let active = client.query::<Device>().filter(Device::STATUS.eq("active"));
    ///     active.filter(Device::SERIAL.is_empty()).count()
    /// }
    /// ```
    pub fn filter(mut self, filter: Filter<M>) -> Self {
        let Filter { name, values, .. } = filter;
        self.question.filter(&name, values, Given::Typed);
        self
    }

    /// Filters by a name of NetBox's API: `.param("name__ic", "x")`, `.param("id", [1, 2])`.
    ///
    /// NetBox ORs several values, except for names with `__n…`, and for `tag`. NetBox must have the name for this
    /// endpoint, in the version of the server once an answer has shown it; or the name must be a custom field's
    /// (`cf_…`). The client asks for custom fields in a request of their own, and keeps the answer for reading; before
    /// it deletes or updates, it asks each time. It asks once for the choices of a custom field that has some, and refuses
    /// a value that is none of them. On lists that this library does not know, such as those of plugins,
    /// the server itself says which filters there are: see [`Client::load_schema`](crate::Client::load_schema). Names
    /// for lists below an object, such as `ipam/prefixes/7/available-ips`, are not checked when they are read.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error};
    /// async fn around(client: &Client<Async>, address: std::net::IpAddr) -> Result<Vec<u64>, Error> {
    ///     let prefixes = client.query_at("ipam/prefixes").param("contains", address);
    ///     prefixes.param("status__n", "container").ids().await
    /// }
    /// ```
    pub fn param(mut self, name: &str, value: impl ParamValue) -> Self {
        self.question.filter(name, value.into_values(), Given::Named);
        self
    }

    /// Filters by a name that is sent unchecked. If NetBox does not know the name, it answers with everything.
    pub fn param_unchecked(mut self, name: &str, value: impl ParamValue) -> Self {
        self.question.filter(name, value.into_values(), Given::Unchecked);
        self
    }

    /// Searches for free text; replaces any earlier text. The endpoint decides which fields it searches.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn suggest(client: &Client<Blocking>, text: &str) -> Result<(), Error> {
    ///     for device in client.query_at("dcim/devices").search(text).limit(10) {
    ///         println!("{}", device?.display().unwrap_or_default());
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn search(mut self, text: &str) -> Self {
        self.question.search(text);
        self
    }

    /// Keeps objects with the tag of that slug; called again, objects with all of the tags.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error};
    /// async fn tested_spares(client: &Client<Async>) -> Result<u64, Error> {
    ///     client.query_at("dcim/devices").tag("spare").tag("tested").count().await
    /// }
    /// ```
    pub fn tag(mut self, slug: &str) -> Self {
        self.question.filter("tag", vec![slug.to_owned()], Given::Typed);
        self
    }

    /// Orders the objects. Call it again for tie-breakers; the id comes last.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, NetboxModel, Record};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/racks")] struct Rack { id: u64, name: String, u_height: u16 }
    /// async fn tallest_first(client: &Client<Async>) -> Result<Vec<Record<Rack, Async>>, Error> {
    ///     client.query::<Rack>().order(Rack::U_HEIGHT.desc()).order(Rack::NAME.asc()).all().await
    /// }
    /// ```
    pub fn order(mut self, order: Order<M>) -> Self {
        let (name, descending) = order.into_parts();
        self.question.order(&name, descending);
        self
    }

    /// Skips the first `objects`.
    pub fn offset(mut self, objects: u64) -> Self {
        self.question.offset(objects);
        self
    }

    /// Ends after that many objects. [`count`](Query::count) still counts all objects that match.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, field::Order};
    /// fn newest(client: &Client<Blocking>) -> Result<(), Error> {
    ///     for change in client.query_at("core/object-changes").order(Order::desc("time")).limit(10).iter() {
    ///         println!("{}", change?.display().unwrap_or_default());
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn limit(mut self, objects: u64) -> Self {
        self.question.limit(objects);
        self
    }

    /// Sets how many objects a page has, at least 1; see [`ClientBuilder::page_size`](crate::ClientBuilder::page_size).
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn contexts(client: &Client<Blocking>) -> Result<(), Error> {
    ///     // NetBox computes the config context of each device, and a proxy may not wait for a thousand.
    ///     for device in client.query_at("dcim/devices").page_size(50) {
    ///         println!("{}", device?.get::<serde_json::Value>("config_context")?);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn page_size(mut self, objects: u32) -> Self {
        self.question.page_size(objects);
        self
    }

    /// Sets how many pages are requested, read or waiting for the caller at the same time, at least 1. The default is
    /// [`ClientBuilder::concurrency`](crate::ClientBuilder::concurrency).
    ///
    /// With more than one, the query reads ahead of its caller and sends requests in parallel: those for pages, for the
    /// parts of a query that is too long for one URL, and for prefetched references. The order of the objects does not
    /// change, and an error comes after all objects before it. The first page is requested alone, since its answer says
    /// how many objects there are; the pages of a list of fewer than three are read one after the other. Prefetching
    /// has as many requests at a time of its own, beside those for pages. The query sends its first requests when the
    /// caller asks for an object or a page, and receives answers whenever the caller asks again.
    ///
    /// A page of a list in the order of ids is a range of ids, so that no object comes twice, and none is missed that
    /// exists all along, whatever is created or deleted meanwhile. The pages of any other order are requested by
    /// offset, and an object that is deleted meanwhile can hide another one, as it can without concurrency.
    ///
    /// A blocking client sends each of these requests from a thread of its own.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn names(client: &Client<Blocking>) -> Result<(), Error> {
    ///     for interface in client.query_at("dcim/interfaces").concurrency(4) {
    ///         println!("{}", interface?.get::<String>("name")?);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn concurrency(mut self, pages: usize) -> Self {
        self.question.at_once(pages);
        self
    }

    /// Limits the time of each request of this query, and of those that its records send, in place of the transport's
    /// limit; see [`Timeout`](crate::transport::Timeout).
    pub fn timeout(mut self, time: Duration) -> Self {
        self.api = self.api.timeout(time);
        self
    }

    pub(super) fn api(&self) -> &Api {
        &self.api
    }

    pub(super) fn question(&self) -> &Question {
        &self.question
    }

    pub(super) fn question_mut(&mut self) -> &mut Question {
        &mut self.question
    }

    /// The client that the query is of.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Object, Query};
    /// /// How many objects there are beside those that match.
    /// fn others(query: Query<Object, Blocking>) -> Result<u64, netbox_core::Error> {
    ///     let all = query.client().query_at(query.endpoint()).count()?;
    ///     Ok(all - query.count()?)
    /// }
    /// ```
    pub fn client(&self) -> Client<C> {
        Client::of(self.api.clone())
    }

    /// The path of the endpoint below `/api/`, without slashes around it: `dcim/sites`.
    pub fn endpoint(&self) -> &str {
        self.question.path().as_str()
    }

    pub(super) fn into_parts(self) -> (Api, Question, Vec<Prefetcher>, RowForm<R>) {
        (self.api, self.question, self.prefetchers, self.form)
    }

    /// The fields whose references are resolved, and those that a row has, unless it is an object.
    pub(super) fn prefetched(&self) -> (impl Iterator<Item = &'static str>, Option<&[&'static str]>) {
        (self.prefetchers.iter().map(|prefetcher| prefetcher.field), self.form.selected.as_deref())
    }

    /// The same question, for objects of model `N` in another form.
    pub(super) fn in_form<N, S>(self, form: RowForm<S>, selection: Selection) -> Query<N, C, S> {
        let Self { api, mut question, prefetchers, .. } = self;
        question.select(selection);
        Query { api, question, prefetchers, form, types: PhantomData }
    }

    pub(super) fn take(&self) -> Take<R> {
        self.form.take
    }

    /// A walk for the first `objects`, which reads no page ahead.
    pub(super) fn walk_to(self, objects: u32) -> Walk {
        self.page_size(objects).concurrency(1).walk()
    }

    pub(super) fn walk(self) -> Walk {
        Walk::new(self.api, self.question, self.form.decode).prefetching(self.prefetchers)
    }
}

impl<M: Resource, C: Mode> Query<M, C> {
    /// Requests all fields, in place of the model's own.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "plugins/acme/widgets")] struct Widget { id: u64, name: String }
    /// fn count(client: &Client<Blocking>) -> Result<usize, Error> {
    ///     // This plugin answers a request for some fields with an error.
    ///     Ok(client.query::<Widget>().all_fields().all()?.len())
    /// }
    /// ```
    pub fn all_fields(mut self) -> Self {
        self.question.select(Selection::All);
        self
    }

    /// Requests NetBox's brief form, which has only a few fields. The form is cheap, and fits models that have no
    /// others.
    pub fn brief(mut self) -> Self {
        self.question.select(Selection::Brief);
        self
    }
}

impl<M: Model, C: Mode, R: Send + Sync + 'static> Query<M, C, R> {
    /// Resolves references of the objects of each page, with as few requests as their ids need, usually one.
    ///
    /// ```
    /// # use netbox_core::{Async, Client, Error, Fk, NetboxModel};
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
    /// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")] struct Device { id: u64, name: Option<String>, #[fk] site: Fk<Site> }
    /// async fn places(client: &Client<Async>) -> Result<(), Error> {
    ///     for device in client.query::<Device>().prefetch(Device::SITE).all().await? {
    ///         let site = device.site(client).await?;      // no request
    ///         println!("{:?} is in {}", device.name, site.name);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn prefetch<P: Prefetch<M>>(mut self, which: P) -> Self {
        if let Some(name) = which.lacking() {
            self.question.refuse(&not_selected(name));
        }
        let (field, which) = (which.field(), Arc::new(which));
        let resolve: Resolver = Arc::new(move |api, rows| {
            let which = Arc::clone(&which);
            Box::pin(async move { which.resolve(api, &Source::of(rows)).await })
        });
        self.prefetchers.push(Prefetcher { field, resolve });
        self.check_prefetched();
        self
    }
}

impl<C: Mode> Query<Object, C> {
    /// Requests only these fields, and the id.
    ///
    /// ```
    /// # use netbox_core::{Blocking, Client, Error};
    /// fn serials(client: &Client<Blocking>) -> Result<(), Error> {
    ///     for device in client.query_at("dcim/devices").fields(["name", "serial"]).iter() {
    ///         println!("{}", device?.get::<String>("serial")?);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn fields<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.question.select(Selection::by_caller(names.into_iter().map(Into::into).collect()));
        self
    }
}

impl<M, C, R> Clone for Query<M, C, R> {
    fn clone(&self) -> Self {
        Self {
            api: self.api.clone(),
            question: self.question.clone(),
            prefetchers: self.prefetchers.clone(),
            form: self.form.clone(),
            types: PhantomData,
        }
    }
}

impl<M, C, R> fmt::Debug for Query<M, C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({}?{})", self.question.path(), self.question.filter_params())
    }
}
