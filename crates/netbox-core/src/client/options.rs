//! Checks of writes, by the schema or by the endpoint's own options.

use std::sync::Arc;

use http::{Method, StatusCode};

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
        self.all_checked(endpoint, vec![patch], purpose).await?.remove(0)
    }

    /// The bodies of `patches` for `endpoint`, or the reasons why they can't be sent.
    pub(crate) async fn all_checked(
        &self,
        endpoint: &ApiPath,
        patches: Vec<Patch<()>>,
        purpose: Purpose,
    ) -> Result<Vec<Result<Body, Error>>, Error> {
        let mut bodies = self.bodies_of(endpoint, patches, purpose).await?;
        self.check_bodies(endpoint, &mut bodies, purpose).await?;
        Ok(bodies)
    }

    /// The bodies of `patches` for `endpoint`, or the reasons why this version of NetBox does not know all of them.
    pub(crate) async fn bodies_of(
        &self,
        endpoint: &ApiPath,
        patches: Vec<Patch<()>>,
        purpose: Purpose,
    ) -> Result<Vec<Result<Body, Error>>, Error> {
        let mut bodies = Vec::with_capacity(patches.len());
        for patch in patches {
            let is_known = match patch.since() {
                Some((since, what)) => self.require(what, since).await,
                None => Ok(()),
            };
            bodies.push(match is_known {
                Err(error) if !error.is_local() => return Err(error),
                is_known => is_known.and_then(|()| patch.into_body(purpose)),
            });
        }
        let custom =
            bodies.iter_mut().flatten().filter_map(|body| body.get_mut(CUSTOM_FIELDS)?.as_object_mut());
        self.write_custom_fields(endpoint, custom.collect()).await?;
        Ok(bodies)
    }

    /// Puts the reason in place of each body that `endpoint` does not take. The server is asked at most once.
    pub(crate) async fn check_bodies(
        &self,
        endpoint: &ApiPath,
        bodies: &mut [Result<Body, Error>],
        purpose: Purpose,
    ) -> Result<(), Error> {
        if !self.checks_writes() {
            return Ok(());
        }
        let is_unsure = |body: &Body| !is_taken(endpoint, self.version(), body, purpose);
        let check = |options: &Options, body: &Result<Body, Error>| match body {
            Ok(body) if is_unsure(body) => check_body(endpoint, options, body, purpose),
            _ => Ok(()),
        };
        let mut unsure: Vec<_> =
            bodies.iter_mut().filter(|body| body.as_ref().is_ok_and(is_unsure)).collect();
        if unsure.is_empty() {
            return Ok(());
        }
        let takes_all = |options: &Options| unsure.iter().all(|body| check(options, body).is_ok());
        let options = self.fitting_options(endpoint, takes_all).await?;
        // The answer may have shown the version, with which the schema suffices.
        for body in &mut unsure {
            if let Err(error) = check(&options, body) {
                **body = Err(error);
            }
        }
        Ok(())
    }

    /// Makes sure that `endpoint` takes a file as its `field`.
    pub(crate) async fn check_file(&self, endpoint: &ApiPath, field: &str) -> Result<(), Error> {
        if !self.checks_writes() {
            return Ok(());
        }
        let options =
            self.fitting_options(endpoint, |options| check_file(endpoint, options, field).is_ok()).await?;
        check_file(endpoint, &options, field)
    }

    /// The fields of an object that was read whole which `endpoint` takes, without those that NetBox may refuse and
    /// keeps if they are left out.
    pub(crate) async fn writable_of(&self, endpoint: &ApiPath, mut body: Body) -> Result<Body, Error> {
        let knows_all = |options: &Options| body.keys().all(|name| options.field(name).is_some());
        let options = self.fitting_options(endpoint, knows_all).await?;
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

    /// The options of `endpoint`, empty if it does not send them. It is asked once, and again if the last ones don't fit:
    /// fields may have come meanwhile.
    async fn fitting_options(
        &self,
        endpoint: &ApiPath,
        fits: impl Fn(&Options) -> bool,
    ) -> Result<Arc<Options>, Error> {
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
        self.contracts().options.fitting(endpoint.clone(), |options| fits(options), ask).await
    }
}

/// Whether an answer of that status to OPTIONS is as good as none, now and later.
fn says_nothing(status: StatusCode) -> bool {
    status != StatusCode::TOO_MANY_REQUESTS
        && (status.is_success() || status.is_client_error() || status == StatusCode::NOT_IMPLEMENTED)
}
