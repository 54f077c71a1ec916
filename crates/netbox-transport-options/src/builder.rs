use std::{error::Error as StdError, fmt, marker::PhantomData, time::Duration};

use crate::{
    limits::Limits,
    proxy::Proxies,
    tls::Tls,
    trust::{self, TlsOptions},
};

/// Builds a transport with other than the default options.
///
/// Whatever the options, a transport sends each request once: it follows no redirect, keeps no cookies, and hands
/// over a 4xx or 5xx as a response. The exception is a request that meets a pooled connection which the server closes
/// in the same moment: it is sent again if its method only reads.
///
/// Compressed responses (gzip) are asked for and decompressed. Up to [`IDLE_CONNECTIONS`](crate::IDLE_CONNECTIONS)
/// connections are kept for further requests, for at most [`IDLE_TIMEOUT`](crate::IDLE_TIMEOUT).
pub struct Builder<T> {
    limits: Limits,
    tls: TlsOptions,
    proxy: ProxyChoice,
    transport: PhantomData<fn() -> T>,
}

/// A transport that a [`Builder`] builds.
pub trait FromOptions: Sized {
    /// Makes a transport with `options`.
    fn from_options(options: Options) -> Result<Self, BuildError>;
}

/// The options of a transport, read and checked.
#[derive(Debug)]
#[non_exhaustive]
pub struct Options {
    /// The limits on each exchange.
    pub limits: Limits,
    /// How to encrypt connections: whom to trust, and which certificate to show.
    pub tls: Tls,
    /// Which way to go.
    pub proxies: Proxies,
}

enum ProxyChoice {
    Environment,
    None,
    Url(String),
}

impl<T: FromOptions> Builder<T> {
    /// The defaults: the platform's roots, the environment's proxies, the default [`Limits`].
    pub fn new() -> Self {
        Self {
            limits: Limits::default(),
            tls: TlsOptions::default(),
            proxy: ProxyChoice::Environment,
            transport: PhantomData,
        }
    }

    /// Trusts the authorities in `pem` too, besides those that the platform trusts. `pem` is one certificate or
    /// several, as text.
    #[must_use]
    pub fn add_root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.tls.roots.push(pem.as_ref().to_vec());
        self
    }

    /// Shows a server that asks for one this certificate. `certificates` is the client's own and then those between
    /// it and its authority, `key` its private key (PKCS #8, PKCS #1 or SEC 1), both in PEM. They may be the same
    /// text.
    #[must_use]
    pub fn client_certificate(mut self, certificates: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        self.tls.identity = Some((certificates.as_ref().to_vec(), key.as_ref().to_vec()));
        self
    }

    /// With `true`, takes any server for the right one, whatever its certificate says. Whoever is in between then
    /// reads the token.
    #[must_use]
    pub fn danger_accept_invalid_certs(mut self, accept: bool) -> Self {
        self.tls.accept_anyone = accept;
        self
    }

    /// How long it may take to be connected; see [`Limits::connect_timeout`].
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect_timeout = timeout;
        self
    }

    /// How long the whole exchange may take; see [`Limits::timeout`].
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// How many bytes the body of a response may have; see [`Limits::max_response_size`].
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    /// Goes through the proxy at `url` to every server, whatever the environment says. `url` begins with `http://`
    /// or `https://` and may hold a user and a password.
    ///
    /// Without this and [`no_proxy`](Self::no_proxy), the environment decides: `http_proxy`, `https_proxy`,
    /// `all_proxy` and `no_proxy`, in capitals or not; see [`Proxies::from_environment`](crate::Proxies::from_environment).
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Goes to every server directly, whatever the environment says.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::None;
        self
    }

    /// The transport.
    ///
    /// # Errors
    ///
    /// If a certificate or key can't be read or they don't belong together, if a proxy's URL can't be used, the
    /// environment's included, or if there is no crypto provider: the program installed none, and the feature `ring`
    /// is off.
    pub fn build(self) -> Result<T, BuildError> {
        T::from_options(Options {
            limits: self.limits,
            tls: Tls::new(self.tls.config(trust::provider())?),
            proxies: match self.proxy {
                ProxyChoice::Environment => Proxies::from_environment()?,
                ProxyChoice::None => Proxies::none(),
                ProxyChoice::Url(url) => Proxies::all(&url)?,
            },
        })
    }
}

impl<T: FromOptions> Default for Builder<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Builder<T> {
    /// Leaves out the key and the proxy, which may hold a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("limits", &self.limits)
            .field("accept_anyone", &self.tls.accept_anyone)
            .finish_non_exhaustive()
    }
}

/// A transport can't be built with the options that were given.
#[derive(Debug)]
pub struct BuildError {
    what: &'static str,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl BuildError {
    /// `what` is wrong, and nothing more is known.
    pub fn new(what: &'static str) -> Self {
        Self { what, source: None }
    }

    /// `what` is wrong because of `source`.
    pub fn because(what: &'static str, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { what, source: Some(source.into()) }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
