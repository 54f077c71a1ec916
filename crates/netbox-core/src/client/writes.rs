//! Creating, updating and deleting by id, and what every write is checked for.

use http::{HeaderValue, Method, StatusCode};
use serde_json::Value;

use super::{Client, Status};
use crate::{
    base::ApiPath,
    error::Error,
    exchange::{Answer, Call},
    mode::Mode,
    model::{Model, Resource},
    object::Object,
    options::Options,
    params::Params,
    record::Record,
    transport::{Outcome, Transport},
    version::Version,
    write::{Body, Patch, Purpose, check, check_file, is_kept_unsaid, is_taken},
};

impl<T: Transport> Client<T> {
    /// Creates an object.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid`] if NetBox refuses a value, [`ErrorKind::Body`](crate::ErrorKind::Body) if a name is
    /// unknown, a field is read-only, or a required one is missing: nothing was sent then. If the object was created,
    /// and the answer can't be read, [`Error::created`] says where it is.
    pub fn create<M: Model>(
        &self,
        patch: impl Into<Patch<M>>,
    ) -> Outcome<'_, T, Result<Record<M, T>, Error>> {
        let patch = patch.into();
        T::Mode::run(async move { self.create_object(ApiPath::of_endpoint(M::ENDPOINT), patch).await })
    }

    /// Creates an object at the path of a list, without a struct.
    pub fn create_at(
        &self,
        path: &str,
        patch: impl Into<Patch<Object>>,
    ) -> Outcome<'_, T, Result<Record<Object, T>, Error>> {
        let (path, patch) = (ApiPath::parse(path), patch.into());
        T::Mode::run(async move { self.create_object(path?, patch).await })
    }

    /// Changes the object with that id, whatever it has become meanwhile; [`Record::save`] notices that. A patch that
    /// changes nothing is not sent, and the object is read.
    ///
    /// # Errors
    ///
    /// As for [`create`](Client::create), and [`Error::is_not_found`].
    pub fn update<M: Model>(
        &self,
        id: u64,
        patch: impl Into<Patch<M>>,
    ) -> Outcome<'_, T, Result<Record<M, T>, Error>> {
        let patch = patch.into();
        T::Mode::run(async move { self.update_object(ApiPath::of_endpoint(M::ENDPOINT), id, patch).await })
    }

    /// Changes the object with that id below the path of a list, without a struct; see [`update`](Client::update).
    pub fn update_at(
        &self,
        path: &str,
        id: u64,
        patch: impl Into<Patch<Object>>,
    ) -> Outcome<'_, T, Result<Record<Object, T>, Error>> {
        let (path, patch) = (ApiPath::parse(path), patch.into());
        T::Mode::run(async move { self.update_object(path?, id, patch).await })
    }

    /// Deletes the object with that id.
    ///
    /// # Errors
    ///
    /// [`Error::is_not_found`] if there is none, [`Error::is_conflict`] if others depend on it.
    pub fn delete<M: Model>(&self, id: u64) -> Outcome<'_, T, Result<(), Error>> {
        T::Mode::run(async move { self.delete_object(&ApiPath::of_endpoint(M::ENDPOINT), id, None).await })
    }

    /// Deletes the object with that id below the path of a list.
    pub fn delete_at(&self, path: &str, id: u64) -> Outcome<'_, T, Result<(), Error>> {
        let path = ApiPath::parse(path);
        T::Mode::run(async move { self.delete_object(&path?, id, None).await })
    }

    async fn create_object<M: Resource>(
        &self,
        path: ApiPath,
        patch: Patch<M>,
    ) -> Result<Record<M, T>, Error> {
        let body = self.checked(&path, patch, Purpose::Create).await?;
        let call = Call::new(Method::POST, path.clone(), Params::default()).with_json(&body.into());
        self.record_of(path, &self.exchange(call).await?)
    }

    async fn update_object<M: Resource>(
        &self,
        path: ApiPath,
        id: u64,
        patch: Patch<M>,
    ) -> Result<Record<M, T>, Error> {
        if patch.is_empty() {
            return self.read(&path, id).await;
        }
        let body = self.checked(&path, patch, Purpose::Update).await?;
        let answer = self.patch_object(&path, id, body, None).await?;
        self.record_of(path, &answer)
    }

    pub(crate) async fn patch_object(
        &self,
        path: &ApiPath,
        id: u64,
        body: Body,
        etag: Option<HeaderValue>,
    ) -> Result<Answer, Error> {
        let call = Call::new(Method::PATCH, path.join(id), Params::default());
        self.exchange(call.with_json(&body.into()).only_if(etag)).await
    }

    pub(crate) async fn delete_object(
        &self,
        path: &ApiPath,
        id: u64,
        message: Option<Body>,
    ) -> Result<(), Error> {
        let call = Call::new(Method::DELETE, path.join(id), Params::default());
        let call = match message {
            Some(message) => call.with_json(&Value::from(message)),
            None => call,
        };
        self.exchange(call).await.map(|_| ())
    }

    /// The record that the answer to a write is.
    pub(crate) fn record_of<M: Resource>(
        &self,
        path: ApiPath,
        answer: &Answer,
    ) -> Result<Record<M, T>, Error> {
        let model: M = answer.json()?;
        // What is created at a sub-resource lives elsewhere.
        let home = model.home().map_or(path, ApiPath::of_endpoint);
        Ok(Record::new(model, self.clone(), home, answer.etag()))
    }

    /// What `patch` sends to `endpoint`, if that takes it and this version of NetBox knows all of it.
    pub(crate) async fn checked<M>(
        &self,
        endpoint: &ApiPath,
        patch: Patch<M>,
        purpose: Purpose,
    ) -> Result<Body, Error> {
        self.require_all_of(&patch).await?;
        let body = patch.into_body(purpose)?;
        self.check_body(endpoint, &body, purpose).await?;
        Ok(body)
    }

    /// Makes sure that this version of NetBox knows all of `patch`.
    pub(crate) async fn require_all_of<M>(&self, patch: &Patch<M>) -> Result<(), Error> {
        match patch.since() {
            Some((since, what)) => self.require(what, since).await,
            None => Ok(()),
        }
    }

    /// Makes sure that `endpoint` takes a file as its `field`.
    pub(crate) async fn check_file(&self, endpoint: &ApiPath, field: &str) -> Result<(), Error> {
        if !self.0.check_writes {
            return Ok(());
        }
        let contract = self.0.learnt.contracts.of(endpoint);
        let options = contract.get_or_fetch(self.options_of(endpoint)).await?;
        check_file(endpoint, options, field)
    }

    pub(crate) async fn check_body(
        &self,
        endpoint: &ApiPath,
        body: &Body,
        purpose: Purpose,
    ) -> Result<(), Error> {
        if !self.0.check_writes || is_taken(endpoint, self.version(), body, purpose) {
            return Ok(());
        }
        let contract = self.0.learnt.contracts.of(endpoint);
        let options = contract.get_or_fetch(self.options_of(endpoint)).await?;
        check(endpoint, options, body, purpose)
    }

    /// What `endpoint` takes of an object that was read whole, without what NetBox may refuse and keeps unsaid.
    pub(crate) async fn writable_of(&self, endpoint: &ApiPath, mut body: Body) -> Result<Body, Error> {
        let contract = self.0.learnt.contracts.of(endpoint);
        let options = contract.get_or_fetch(self.options_of(endpoint)).await?;
        body.retain(|name, value| match options.field(name) {
            Some(field) => field.takes_json() && (field.is_required() || !is_kept_unsaid(value)),
            None => !options.is_known() && !is_kept_unsaid(value),
        });
        Ok(body)
    }

    /// What `endpoint` takes; nothing is known if it doesn't say.
    async fn options_of(&self, endpoint: &ApiPath) -> Result<Options, Error> {
        match self.ask_options(endpoint).await {
            // Something in front of it knows no OPTIONS or answers them itself, or the token may not even look: the write
            // itself will tell. What may be otherwise in a minute is an error.
            Err(error) if error.status().is_some_and(says_nothing) => Ok(Options::default()),
            answer => answer,
        }
    }

    pub(crate) async fn ask_options(&self, path: &ApiPath) -> Result<Options, Error> {
        self.exchange(Call::new(Method::OPTIONS, path.clone(), Params::default())).await?.json()
    }

    /// Makes sure that this NetBox does not ignore `what`, which it has from `since` on.
    pub(crate) async fn require(&self, what: &str, since: Version) -> Result<(), Error> {
        match self.told_version().await? {
            Some(server) if server < since => Err(Error::too_old(what, since, server)),
            _ => Ok(()),
        }
    }

    /// The version of the server, which is asked if no answer told it yet.
    pub(crate) async fn told_version(&self) -> Result<Option<Version>, Error> {
        if self.version().is_none() {
            let call = Call::new(Method::GET, ApiPath::of_endpoint("status"), Params::default());
            let status = self.exchange(call).await?.json::<Status>();
            // A proxy may have dropped the header.
            if let Some(version) = status.ok().and_then(|status| Version::parse(&status.netbox_version)) {
                self.0.learnt.version.learn(version);
            }
        }
        Ok(self.version())
    }
}

/// Whether an answer of that status to OPTIONS is as good as none, now and later.
fn says_nothing(status: StatusCode) -> bool {
    status != StatusCode::TOO_MANY_REQUESTS
        && (status.is_success() || status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED)
}

#[cfg(test)]
mod tests;
