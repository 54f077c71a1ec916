//! The client without its mode. All logic works on `Api`, as plain `async` functions that are compiled once.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use http::HeaderValue;
use serde_json::Value;

use super::{
    learnt::{Contracts, Learnt},
    settings::Settings,
    status::Status,
};
use crate::{
    names::Vocabulary,
    wire::{
        Answer, ApiPath, Async, BaseUrl, Call, Error, Fetch, Home, Lifted, Params, RetryPolicy, Road,
        Threaded, Timeout, Token, Traffic, Transport, Version, Wire, authority_of_url, blocks,
        since::Release, unsupported,
    },
};

/// The API of one NetBox, as one user sees it on one branch.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    road: Road,
    /// The transport for calls that go together, if that is another one.
    threaded: Option<Arc<dyn Transport<Mode = Async>>>,
    base: BaseUrl,
    settings: Settings,
    home: Home,
    learnt: Arc<Learnt>,
    contracts: Arc<Contracts>,
    /// The id of the token that a login made, so that a logout can delete it.
    session: Option<u64>,
}

/// The header by which the branching plugin knows on which branch a request works.
pub(super) const BRANCH: &str = "x-netbox-branch";

impl Api {
    pub(super) fn new<T: Transport + 'static>(transport: T, base: BaseUrl, settings: Settings) -> Self {
        Self::over(Arc::new(Lifted(transport)), blocks::<T::Mode>(), base, settings)
    }

    fn over(
        transport: Arc<dyn Transport<Mode = Async>>,
        is_blocking: bool,
        base: BaseUrl,
        settings: Settings,
    ) -> Self {
        let threaded: Option<Arc<dyn Transport<Mode = Async>>> =
            if is_blocking { Some(Arc::new(Threaded(Arc::clone(&transport)))) } else { None };
        let road = Road { transport, traffic: Traffic::new(settings.max_in_flight), blocks: is_blocking };
        let home = Home::new(base.as_str(), settings.headers.get(BRANCH).cloned());
        let (learnt, contracts) = (Arc::default(), Arc::default());
        let session = None;
        Self(Arc::new(Inner { road, threaded, base, settings, home, learnt, contracts, session }))
    }

    /// The same API as the user sees it who was given that token, whose id is `session`.
    pub(super) fn logged_in(&self, token: Token, session: u64) -> Self {
        let inner = (*self.0).clone();
        Self(Arc::new(Inner { settings: inner.settings.authorized(token), session: Some(session), ..inner }))
    }

    /// The same API on the branch with that schema id.
    pub(crate) fn on_branch(&self, schema_id: HeaderValue) -> Self {
        let mut inner = (*self.0).clone();
        inner.home = Home::new(inner.base.as_str(), Some(schema_id.clone()));
        inner.contracts = Arc::default();
        inner.settings.headers.insert(BRANCH, schema_id);
        Self(Arc::new(inner))
    }

    /// The same API, whose references are resolved together or each by itself.
    pub(super) fn batching(&self, together: bool) -> Self {
        let mut inner = (*self.0).clone();
        inner.settings.batching = together;
        Self(Arc::new(inner))
    }

    /// The same API, whose exchanges may take so long.
    pub(crate) fn timeout(&self, time: Duration) -> Self {
        let mut inner = (*self.0).clone();
        inner.settings.timeout = Some(Timeout(time));
        Self(Arc::new(inner))
    }

    /// The same API, which sends up to so many requests in parallel.
    pub(crate) fn at_once(&self, calls: usize) -> Self {
        if calls == self.concurrency() && (calls == 1 || self.0.threaded.is_none()) {
            return self.clone();
        }
        let mut inner = (*self.0).clone();
        inner.settings.concurrency = calls;
        if let Some(threaded) = inner.threaded.take_if(|_| calls > 1) {
            (inner.road.transport, inner.road.blocks) = (threaded, false);
        }
        Self(Arc::new(inner))
    }

    /// How many requests of one kind are sent in parallel.
    pub(crate) fn concurrency(&self) -> usize {
        self.0.settings.concurrency
    }

    pub(crate) async fn exchange(&self, call: Call) -> Result<Answer, Error> {
        self.exchange_under(call, self.retry()).await
    }

    pub(crate) async fn exchange_under(&self, call: Call, retry: &RetryPolicy) -> Result<Answer, Error> {
        self.check_supported()?;
        let sent = self.send(&call, retry).await;
        if !call.writes() {
            self.check_supported()?;
        }
        match sent {
            Ok(answer) => Ok(answer.at(self.home().clone())),
            Err(error) => Err(self.explained(error, &call).await),
        }
    }

    pub(super) async fn send(&self, call: &Call, retry: &RetryPolicy) -> Result<Answer, Error> {
        let Inner { road, base, settings, learnt, .. } = &*self.0;
        let (headers, timeout, version) = (&settings.headers, settings.timeout, &learnt.version);
        call.send(Wire { road, base, headers, retry, timeout, version }).await
    }

    /// Refuses to work with a NetBox that is too old, once its version is known. The answer to a write is not refused,
    /// since the caller must learn of the write.
    fn check_supported(&self) -> Result<(), Error> {
        let version = self.version().filter(|_| !self.0.settings.allow_unsupported);
        match version.and_then(|version| Some((version, unsupported(version)?))) {
            Some((server, oldest)) => Err(Error::unsupported(oldest, server)),
            None => Ok(()),
        }
    }

    pub(crate) async fn sleep(&self, delay: Duration) {
        self.0.road.sleep(delay).await;
    }

    pub(crate) fn version(&self) -> Option<Version> {
        self.learnt().version.get()
    }

    pub(super) fn is_anonymous(&self) -> bool {
        self.0.settings.is_anonymous()
    }

    pub(super) fn has_prefixed_token(&self) -> bool {
        self.0.settings.has_prefixed_token()
    }

    /// Whether NetBox's own headers come through to here.
    pub(crate) fn headers_pass(&self) -> bool {
        self.learnt().version.came_by_header()
    }

    /// The version of the server; asks the server if no answer has shown it yet.
    pub(crate) async fn ask_version(&self) -> Result<Option<Version>, Error> {
        if self.version().is_none() {
            let status = self.exchange(Call::get(ApiPath::of_endpoint("status"), Params::default())).await?;
            // A proxy may have dropped the header with the version.
            let status = status.json::<Status>().ok();
            if let Some(version) = status.and_then(|status| Version::parse(&status.netbox_version)) {
                self.learnt().version.learn(version);
            }
        }
        Ok(self.version())
    }

    pub(super) async fn status(&self) -> Result<Status, Error> {
        self.exchange(Call::get(ApiPath::of_endpoint("status"), Params::default())).await?.json()
    }

    /// Makes sure that this NetBox has `what`, as it does from `since` on.
    pub(crate) async fn require(&self, what: &str, since: impl Into<Release>) -> Result<(), Error> {
        let since = since.into();
        let Some(version) = self.ask_version().await? else { return Ok(()) };
        let server = if version == since.version && since.patch > 0 {
            Release::parse(&self.status().await?.netbox_version)
        } else {
            Some(version.into())
        };
        match server {
            Some(server) if server < since => Err(Error::too_old(what, since, server)),
            _ => Ok(()),
        }
    }

    /// Whether NetBox uses `authority` in URLs of its own, which behind a proxy may differ from that of the base.
    pub(crate) async fn goes_by(&self, authority: &str) -> Result<bool, Error> {
        if authority.eq_ignore_ascii_case(self.base().authority()) {
            return Ok(true);
        }
        let own = self.learnt().authorities.fitting((), |_| true, || self.ask_authorities()).await?;
        Ok(own.contains(&authority.to_ascii_lowercase()))
    }

    fn ask_authorities(&self) -> Fetch<Arc<HashSet<String>>> {
        let api = self.clone();
        Box::pin(async move {
            let routes: HashMap<String, Value> = api.exchange(Call::file("api/")).await?.json()?;
            let authorities = routes.values().filter_map(|url| authority_of_url(url.as_str()?));
            Ok(Arc::new(authorities.map(str::to_ascii_lowercase).collect()))
        })
    }

    /// Everything that is known of the names at `path`.
    pub(crate) fn vocabulary<'v>(&self, path: &'v ApiPath) -> Vocabulary<'v> {
        let described = self.described(path).and_then(|described| described.filters(path));
        Vocabulary::new(path.as_str(), self.version(), described)
    }

    pub(crate) fn base(&self) -> &BaseUrl {
        &self.0.base
    }

    pub(crate) fn url(&self, path: &ApiPath) -> String {
        self.base().api(path, &Params::default())
    }

    pub(crate) fn retry(&self) -> &RetryPolicy {
        &self.0.settings.retry
    }

    /// Whether references of the same page are resolved together.
    pub(crate) fn batches(&self) -> bool {
        self.0.settings.batching
    }

    pub(crate) fn page_size(&self) -> u32 {
        self.0.settings.page_size
    }

    /// Whether `other` is the same NetBox, on the same branch.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.home() == other.home()
    }

    /// This NetBox, and the branch of it.
    pub(crate) fn home(&self) -> &Home {
        &self.0.home
    }

    pub(super) fn checks_writes(&self) -> bool {
        self.0.settings.check_writes
    }

    pub(super) fn session(&self) -> Option<u64> {
        self.0.session
    }

    pub(super) fn learnt(&self) -> &Learnt {
        &self.0.learnt
    }

    pub(super) fn contracts(&self) -> &Contracts {
        &self.0.contracts
    }
}
