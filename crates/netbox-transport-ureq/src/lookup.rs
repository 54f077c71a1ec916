use http::Uri;
use ureq::{
    Error,
    config::Config,
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::NextTimeout,
    },
};

use crate::error::unreached;

/// Looks up names as ureq does, and marks errors of the look-up, to distinguish them from later ones.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    inner: DefaultResolver,
    /// Looked up in place of the server.
    proxy: Option<Uri>,
}

impl Lookup {
    /// Whatever the server, the address of `proxy`.
    pub(crate) fn of(proxy: Uri) -> Self {
        Self { inner: DefaultResolver::default(), proxy: Some(proxy) }
    }
}

impl Resolver for Lookup {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        self.inner.resolve(self.proxy.as_ref().unwrap_or(uri), config, timeout).map_err(unreached)
    }
}
