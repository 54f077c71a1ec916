//! A NetBox, and how to reach it.

use std::{borrow::Borrow, fmt, sync::Arc};

use http::{HeaderMap, Method};

use crate::{
    base::{ApiPath, BaseUrl},
    error::Error,
    exchange::{Answer, Call},
    fk::Prefetch,
    mode::Mode,
    model::{Model, Resource},
    object::Object,
    params::Params,
    query::{CustomFields, Query, Selection},
    record::Record,
    retry::RetryPolicy,
    transport::{Outcome, Transport},
    version::{LearntVersion, Version},
    write::Contracts,
};

mod branch;
mod builder;
mod graphql;
mod login;
mod raw;
mod schema;
mod status;
mod writes;

pub use builder::ClientBuilder;
pub use raw::Raw;
pub use status::Status;

/// A NetBox, reached over transport `T`.
///
/// Every call blocks or returns a future, as the transport does. A clone is cheap and shares all.
///
/// # Examples
///
/// ```no_run
/// # use netbox_core::{Blocking, Client, NetboxModel, Transport};
/// # #[derive(Debug, serde::Deserialize, NetboxModel)]
/// # #[netbox(endpoint = "dcim/sites")]
/// # struct Site { id: u64, name: String }
/// # fn run<T: Transport<Mode = Blocking>>(transport: T) -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::builder("https://netbox.example.com").token("nbt_…").build(transport)?;
/// for site in client.query::<Site>().filter(Site::NAME.starts_with("DM-")).iter() {
///     println!("{}", site?.name);
/// }
/// # Ok(()) }
/// ```
pub struct Client<T>(Arc<Inner<T>>);

struct Inner<T> {
    transport: Arc<T>,
    base: BaseUrl,
    headers: HeaderMap,
    retry: RetryPolicy,
    page_size: u32,
    check_writes: bool,
    learnt: Arc<Learnt>,
    /// The token that a login made, so that a logout can delete it.
    session: Option<u64>,
}

/// What the server told of itself.
#[derive(Default)]
struct Learnt {
    version: LearntVersion,
    /// What its endpoints take.
    contracts: Contracts,
    /// What its lists are filtered by, where no table here tells.
    loaded: schema::Loaded,
    custom_fields: CustomFields,
}

impl Client<()> {
    /// Starts to build a client for the NetBox at `url`, as one types it: without a scheme it is `https`, and it may
    /// have a port and a path.
    pub fn builder(url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(url.into())
    }
}

impl<T: Transport> Client<T> {
    /// The objects of model `M`: all of them, until the query is narrowed.
    pub fn query<M: Model>(&self) -> Query<T, M> {
        Query::new(self.clone(), Ok(ApiPath::of_endpoint(M::ENDPOINT)))
    }

    /// The objects at a path below `/api/`, without a struct: a list, a plugin's list, or a sub-resource such as
    /// `ipam/prefixes/7/available-ips`. A sub-resource that is a plain list has no pages: NetBox ends it at its largest
    /// page.
    pub fn query_at(&self, path: &str) -> Query<T, Object> {
        Query::new(self.clone(), ApiPath::parse(path))
    }

    /// The object with that id.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is none, or none that this token may view.
    pub fn get<M: Model>(&self, id: u64) -> Outcome<'_, T, Result<Record<M, T>, Error>> {
        T::Mode::run(async move { self.read(&ApiPath::of_endpoint(M::ENDPOINT), id).await })
    }

    /// The object with that id, or `None` if there is none that this token may view.
    pub fn find<M: Model>(&self, id: u64) -> Outcome<'_, T, Result<Option<Record<M, T>>, Error>> {
        T::Mode::run(async move {
            let found = self.read(&ApiPath::of_endpoint(M::ENDPOINT), id).await;
            found.map(Some).or_else(none_if_not_found)
        })
    }

    /// The object with that id below the path of a list, without a struct.
    pub fn get_at(&self, path: &str, id: u64) -> Outcome<'_, T, Result<Record<Object, T>, Error>> {
        let endpoint = ApiPath::parse(path);
        T::Mode::run(async move { self.read(&endpoint?, id).await })
    }

    /// Resolves references of objects that were read already; see [`Query::prefetch`] to do it while reading.
    pub fn prefetch<'a, M, P, R>(&'a self, models: &'a [R], which: P) -> Outcome<'a, T, Result<(), Error>>
    where
        M: Model,
        P: Prefetch<M>,
        R: Borrow<M> + Sync,
    {
        T::Mode::run(async move {
            let models: Vec<&M> = models.iter().map(Borrow::borrow).collect();
            which.resolve(self, &models).await
        })
    }

    /// The verbs of HTTP on any route, JSON in and out.
    pub fn raw(&self) -> Raw<'_, T> {
        Raw::new(self)
    }

    /// What NetBox says of itself: its versions and its plugins.
    pub fn status(&self) -> Outcome<'_, T, Result<Status, Error>> {
        let call = Call::new(Method::GET, ApiPath::of_endpoint("status"), Params::default());
        T::Mode::run(async move { self.exchange(call).await?.json() })
    }

    /// The version of the server, once an answer told it.
    pub fn version(&self) -> Option<Version> {
        self.0.learnt.version.get()
    }

    pub(crate) fn custom_fields(&self) -> &CustomFields {
        &self.0.learnt.custom_fields
    }

    /// The transport that this client sends with.
    pub fn transport(&self) -> &T {
        &self.0.transport
    }

    pub(crate) async fn read<M: Resource>(&self, endpoint: &ApiPath, id: u64) -> Result<Record<M, T>, Error> {
        self.read_as(endpoint, id, Selection::of::<M>()).await
    }

    pub(crate) async fn read_as<M: Resource>(
        &self,
        endpoint: &ApiPath,
        id: u64,
        selection: Selection,
    ) -> Result<Record<M, T>, Error> {
        let params = selection.params(endpoint, self.version());
        let answer = self.exchange(Call::new(Method::GET, endpoint.join(id), params)).await?;
        Ok(Record::new(answer.json()?, self.clone(), endpoint.clone(), answer.etag()))
    }

    pub(crate) async fn exchange(&self, call: Call) -> Result<Answer, Error> {
        self.exchange_under(call, &self.0.retry).await
    }

    pub(crate) async fn exchange_under(&self, call: Call, retry: &RetryPolicy) -> Result<Answer, Error> {
        let inner = &*self.0;
        call.send(&*inner.transport, &inner.base, &inner.headers, retry, &inner.learnt.version).await
    }

    pub(crate) fn retry(&self) -> &RetryPolicy {
        &self.0.retry
    }

    pub(crate) fn page_size(&self) -> u32 {
        self.0.page_size
    }
}

impl<T> Client<T> {
    /// The root of the NetBox, as it was understood: `https://netbox.example.com` for `netbox.example.com/api/`.
    pub fn base_url(&self) -> &str {
        self.0.base.as_str()
    }

    /// Whether `other` is a client of the same NetBox, and the same branch of it.
    pub(crate) fn is_of_same<U>(&self, other: &Client<U>) -> bool {
        let branch = branch::HEADER;
        self.0.base == other.0.base && self.0.headers.get(branch) == other.0.headers.get(branch)
    }

    pub(crate) fn url(&self, path: &ApiPath) -> String {
        self.0.base.api(path, &Params::default())
    }

    pub(crate) fn base(&self) -> &BaseUrl {
        &self.0.base
    }
}

pub(crate) fn none_if_not_found<R>(error: Error) -> Result<Option<R>, Error> {
    if error.is_not_found() { Ok(None) } else { Err(error) }
}

impl<T> Clone for Client<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Client<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", &self.0.base)
            .field("version", &self.0.learnt.version.get())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
