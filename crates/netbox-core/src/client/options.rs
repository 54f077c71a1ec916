//! Checks of writes, by the schema or by the endpoint's own options.

use std::sync::Arc;

use http::{Method, StatusCode};
use serde_json::Value;

use super::api::Api;
use crate::{
    model::{Body, CUSTOM_FIELDS, is_free},
    names::{Options, Purpose, check_body, check_file, is_taken},
    value::is_kept_unsaid,
    wire::{ApiPath, Call, Error, Fetch, Params},
    write::Patch,
};

impl Api {
    /// The body of `patch` for `endpoint`, if that takes it and this version of NetBox knows all of it.
    pub(crate) async fn checked(
        &self,
        endpoint: &ApiPath,
        patch: Patch<()>,
        purpose: Purpose,
    ) -> Result<Body, Error> {
        let body = self.body_of(endpoint, patch, purpose).await?;
        self.check_body(endpoint, &body, purpose).await?;
        Ok(body)
    }

    /// The body of `patch` for `endpoint`, if this version of NetBox knows all of it.
    pub(crate) async fn body_of(
        &self,
        endpoint: &ApiPath,
        patch: Patch<()>,
        purpose: Purpose,
    ) -> Result<Body, Error> {
        if let Some((since, what)) = patch.since() {
            self.require(what, since).await?;
        }
        let mut body = patch.into_body(purpose)?;
        if let Some(Value::Object(values)) = body.get_mut(CUSTOM_FIELDS) {
            self.write_custom_fields(endpoint, values).await?;
        }
        Ok(body)
    }

    pub(crate) async fn check_body(
        &self,
        endpoint: &ApiPath,
        body: &Body,
        purpose: Purpose,
    ) -> Result<(), Error> {
        if !self.checks_writes() || is_taken(endpoint, self.version(), body, purpose) {
            return Ok(());
        }
        self.check_by_options(endpoint, |options| check_body(endpoint, options, body, purpose)).await
    }

    /// Makes sure that `endpoint` takes a file as its `field`.
    pub(crate) async fn check_file(&self, endpoint: &ApiPath, field: &str) -> Result<(), Error> {
        if !self.checks_writes() {
            return Ok(());
        }
        self.check_by_options(endpoint, |options| check_file(endpoint, options, field)).await
    }

    /// The fields of an object that was read whole which `endpoint` takes, without those that NetBox may refuse and
    /// keeps if they are left out.
    pub(crate) async fn writable_of(&self, endpoint: &ApiPath, mut body: Body) -> Result<Body, Error> {
        let knows_all = |options: &Options| body.keys().all(|name| options.field(name).is_some());
        let options = match self.contracts().options.last(endpoint).filter(|options| knows_all(options)) {
            Some(options) => options,
            None => self.ask_known_options(endpoint).await?,
        };
        let may_be_parts = |name: &str| match options.field(name) {
            Some(field) => field.parts().is_some(),
            None => !is_free(endpoint.as_str(), name),
        };
        body.retain(|name, value| match options.field(name) {
            Some(field) => {
                field.takes_json() && (field.is_required() || !is_kept_unsaid(value, may_be_parts(name)))
            }
            None => !options.is_known() && !is_kept_unsaid(value, may_be_parts(name)),
        });
        Ok(body)
    }

    pub(crate) async fn ask_options(&self, path: &ApiPath) -> Result<Options, Error> {
        self.exchange(Call::new(Method::OPTIONS, path.clone(), Params::default())).await?.json()
    }

    /// Checks something by the options of `endpoint`, which it is asked for once, and again before anything is refused:
    /// fields may have come meanwhile.
    async fn check_by_options(
        &self,
        endpoint: &ApiPath,
        check: impl Fn(&Options) -> Result<(), Error> + Send,
    ) -> Result<(), Error> {
        match self.contracts().options.last(endpoint) {
            Some(options) if check(&options).is_ok() => Ok(()),
            _ => check(&*self.ask_known_options(endpoint).await?),
        }
    }

    /// The options of `endpoint`, empty if the endpoint does not send them.
    async fn ask_known_options(&self, endpoint: &ApiPath) -> Result<Arc<Options>, Error> {
        let ask = || -> Fetch<Arc<Options>> {
            let (api, endpoint) = (self.clone(), endpoint.clone());
            Box::pin(async move {
                match api.ask_options(&endpoint).await {
                    // A proxy knows no OPTIONS or answers them itself, or the token may not even look: the write itself
                    // will show. An answer that may differ in a minute is an error.
                    Err(error) if error.status().is_some_and(says_nothing) => Ok(Arc::default()),
                    answer => answer.map(Arc::new),
                }
            })
        };
        self.contracts().options.ask(endpoint.clone(), ask).await
    }
}

/// Whether an answer of that status to OPTIONS is as good as none, now and later.
fn says_nothing(status: StatusCode) -> bool {
    status != StatusCode::TOO_MANY_REQUESTS
        && (status.is_success() || status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED)
}
