//! Asking for objects.

use std::{fmt, sync::Arc};

use crate::{
    base::ApiPath,
    client::Client,
    error::Error,
    field::{Filter, Order},
    fk::Prefetch,
    model::{Model, Resource},
    page::{Pager, Prefetcher, Walk},
    params::Params,
    transport::Transport,
};

mod custom;
mod ends;
mod known;
mod names;
mod orders;
mod selection;
mod split;
mod value;

pub(crate) use custom::{Aim, CustomFields};
pub(crate) use known::Names;

pub(crate) use ends::OnlyId;
pub(crate) use selection::Selection;
pub use value::ParamValue;

/// A question for the objects of one endpoint; made by [`Client::query`] and [`Client::query_at`].
///
/// Each method narrows it or changes how it is asked; nothing is sent before one of the ends: [`iter`](Query::iter),
/// [`pages`](Query::pages), [`all`](Query::all), [`first`](Query::first), [`one`](Query::one), [`count`](Query::count),
/// [`ids`](Query::ids), [`find`](Query::find), and `stream`. A mistake in the question is the error that the end
/// gives, before the question is sent, or, where only an answer tells the server's version, before anything is handed out:
/// NetBox itself ignores filters that it does not know, and answers with everything.
///
/// # Examples
///
/// ```
/// # use netbox_core::{Blocking, Client, Error, Fk, NetboxModel, Transport};
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/sites")] struct Site { id: u64, name: String }
/// # #[derive(serde::Deserialize, NetboxModel)] #[netbox(endpoint = "dcim/devices")]
/// # struct Device { id: u64, name: Option<String>, serial: String, #[fk] site: Fk<Site> }
/// fn run<T: Transport<Mode = Blocking>>(client: &Client<T>) -> Result<(), Error> {
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
pub struct Query<T, M> {
    client: Client<T>,
    path: ApiPath,
    selection: Selection,
    filters: Params,
    /// The names of filters that are sent whether they are known or not.
    unchecked: Vec<String>,
    /// No object can match: one of none was asked for.
    nothing: bool,
    /// Why it can't be asked.
    refused: Option<String>,
    order: Vec<String>,
    offset: Option<u64>,
    page_size: u32,
    prefetchers: Vec<Prefetcher<T, M>>,
}

impl<T: Transport, M: Resource> Query<T, M> {
    pub(crate) fn new(client: Client<T>, path: Result<ApiPath, Error>) -> Self {
        let (path, refused) = match path {
            Ok(path) => (path, None),
            Err(error) => (ApiPath::of_endpoint(""), Some(error.to_string())),
        };
        Self {
            page_size: client.page_size(),
            client,
            path,
            selection: Selection::of::<M>(),
            filters: Params::default(),
            unchecked: Vec::new(),
            nothing: false,
            refused,
            order: Vec::new(),
            offset: None,
            prefetchers: Vec::new(),
        }
    }

    /// Only objects that `filter` holds for, and the filters before it.
    pub fn filter(mut self, filter: Filter<M>) -> Self {
        let Filter { name, values, .. } = filter;
        if values.is_empty() && names::is_conjoined(&name) && !names::is_of_tags(&name) {
            return self.refuse(format!("`{name}` has no values: leave the filter out to exclude nothing"));
        }
        if values.len() > 1 && names::is_of_tags(&name) {
            return self.refuse(format!(
                "NetBox takes several values of `{name}` for objects that have all of the tags: give them in filters \
                 of their own for that, or ask `tag__any` by name, which NetBox has from 4.6 on"
            ));
        }
        self.nothing |= values.is_empty();
        self.add(&name, values)
    }

    /// A filter by its name in NetBox's API: `.param("name__ic", "x")`, `.param("id", [1, 2])`.
    ///
    /// Several values are an either-or, as they are to NetBox, but for names with `__n…`, and `tag`. The name must be
    /// one that NetBox has for this endpoint, in the version of the server once an answer told it, or a custom field
    /// (`cf_…`). Custom fields are asked for by a request of their own, whose answer the client keeps for reading; what
    /// deletes or updates asks each time. Other names for plugins' endpoints are checked after [`Client::load_schema`], and
    /// names for lists below an object, such as `ipam/prefixes/7/available-ips`, are not.
    pub fn param(self, name: &str, value: impl ParamValue) -> Self {
        // Of what is neither NetBox's own nor a plugin's, the model is all there is to go by.
        let path = self.path.as_str();
        let told = netbox_schema::endpoint(path).is_some() || path.starts_with("plugins/");
        let fields = if told { None } else { M::SELECTED };
        let values = value.into_values();
        if values.is_empty() {
            return self.refuse(format!("`{name}` has no values"));
        }
        match names::check(name, fields) {
            Ok(()) => self.add(name, values),
            Err(error) => self.refuse(error.to_string()),
        }
    }

    /// A filter by a name that is sent as it is. If NetBox does not know it, it answers with everything.
    pub fn param_unchecked(mut self, name: &str, value: impl ParamValue) -> Self {
        let values = value.into_values();
        if values.is_empty() {
            return self.refuse(format!("`{name}` has no values"));
        }
        self.unchecked.push(name.to_owned());
        values.into_iter().fold(self, |query, value| query.push(name, value))
    }

    /// Free text; which fields are searched depends on the endpoint.
    pub fn search(mut self, text: &str) -> Self {
        self.filters.remove("q");
        self.add("q", vec![text.to_owned()])
    }

    /// Only objects with the tag of that slug; of several, all of them.
    pub fn tag(self, slug: &str) -> Self {
        self.add("tag", vec![slug.to_owned()])
    }

    /// In this order; objects that are alike in it come in the order of the next one, at last in that of their ids.
    pub fn order(mut self, order: Order<M>) -> Self {
        self.order.push(order.into_term());
        self
    }

    /// Without the first `objects`.
    pub fn offset(mut self, objects: u64) -> Self {
        self.offset = Some(objects);
        self
    }

    /// How many objects a page has, at least 1; see [`ClientBuilder::page_size`](crate::ClientBuilder::page_size).
    pub fn page_size(mut self, objects: u32) -> Self {
        if objects == 0 {
            return self
                .refuse("a page size of 0 is no size: to NetBox it means as many as it likes".to_owned());
        }
        self.page_size = objects;
        self
    }

    /// All fields, in place of the model's own.
    pub fn all_fields(mut self) -> Self {
        self.selection = Selection::All;
        self
    }

    /// NetBox's brief form, which has but a few fields. It is cheap, and fits models that have no others.
    pub fn brief(mut self) -> Self {
        self.selection = Selection::Brief;
        self
    }

    pub(crate) fn place(&self) -> (Client<T>, ApiPath) {
        (self.client.clone(), self.path.clone())
    }

    fn refuse(mut self, why: String) -> Self {
        self.refused.get_or_insert(why);
        self
    }

    fn add(self, name: &str, values: Vec<String>) -> Self {
        if let Err(error) = names::check_sense(netbox_schema::endpoint(self.path.as_str()), name, &values) {
            return self.refuse(error.to_string());
        }
        if self.filters.contains(name) && !names::is_conjoined(name) {
            // NetBox would take several values of one name for an either-or.
            return self.refuse(format!("`{name}` is filtered twice: give the values together"));
        }
        values.into_iter().fold(self, |query, value| query.push(name, value))
    }

    fn push(mut self, name: &str, value: String) -> Self {
        self.filters.push(name, value);
        self
    }
}

impl<T: Transport, M: Model> Query<T, M> {
    /// Resolves references of the objects of each page with as few requests as their ids take, usually one.
    pub fn prefetch<P: Prefetch<M>>(mut self, which: P) -> Self {
        let which = Arc::new(which);
        self.prefetchers.push(Arc::new(move |client, models| {
            let which = Arc::clone(&which);
            Box::pin(async move { which.resolve(client, &models.iter().collect::<Vec<_>>()).await })
        }));
        self
    }

    pub(crate) fn with_ids(mut self, ids: &[u64]) -> Self {
        self.unchecked.push("id".to_owned());
        ids.iter().fold(self, |query, id| query.push("id", id.to_string()))
    }
}

impl<T: Transport, M: Resource> Query<T, M> {
    pub(crate) fn walk(self) -> Walk<T, M> {
        let plan = self.plan();
        let names = (!self.nothing).then(|| self.names());
        Walk::new(self.client, self.path, plan, self.prefetchers).checking(names)
    }

    fn plan(&self) -> Result<Pager, Error> {
        let parts = self.parts()?;
        let order = (!self.order.is_empty()).then(|| in_total_order(&self.order));
        if parts.len() > 1 && (order.is_some() || self.offset.is_some()) {
            return Err(Error::query(
                "the query is too long for one request, and several can't be put in one order: ask without an order \
                 and an offset, or for fewer values",
            ));
        }
        Ok(Pager::new(parts, self.page_size).ordered(order, self.offset))
    }

    /// The queries that together ask for the objects, without what asks for a page.
    fn parts(&self) -> Result<Vec<Params>, Error> {
        match &self.refused {
            Some(why) => Err(Error::query(why.clone())),
            None => self.names().check(&self.client).and_then(|()| self.checked_parts()),
        }
    }

    /// What is checked of it.
    fn names(&self) -> Names {
        let mut names: Vec<&str> = self.filters.iter().map(|(name, _)| name).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| !self.unchecked.iter().any(|unchecked| unchecked == name));
        let filters = names.into_iter().map(|name| {
            let values = self.filters.values(name).map(str::to_owned);
            (name.to_owned(), values.collect())
        });
        Names { path: self.path.clone(), filters: filters.collect(), order: self.order.clone() }
    }

    fn checked_parts(&self) -> Result<Vec<Params>, Error> {
        if self.nothing {
            return Ok(Vec::new());
        }
        let order = self.order.join(",");
        let fixed = self.selection.params_in_order(&self.order, &self.path, self.client.version())?;
        split::split(&self.filters, &fixed, |params| {
            let base = self.client.base();
            base.target_len(&base.api(&self.path, params)) + split::PAGING + order.len()
        })
    }
}

/// `terms` as one order, in which no two objects are alike: NetBox adds no tie-break, and pages of a list whose order
/// has ties lose objects.
fn in_total_order(terms: &[String]) -> String {
    let mut order = terms.join(",");
    if !terms.iter().any(|term| matches!(term.as_str(), "id" | "-id")) {
        order.push_str(",id");
    }
    order
}

impl<T, M> Clone for Query<T, M> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            path: self.path.clone(),
            selection: self.selection,
            filters: self.filters.clone(),
            unchecked: self.unchecked.clone(),
            nothing: self.nothing,
            refused: self.refused.clone(),
            order: self.order.clone(),
            offset: self.offset,
            page_size: self.page_size,
            prefetchers: self.prefetchers.clone(),
        }
    }
}

impl<T, M> fmt::Debug for Query<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Query({}?{})", self.path, self.filters)
    }
}
