use std::{error::Error as StdError, fmt, marker::PhantomData, time::Duration};

use crate::{
    limits::Limits,
    proxy::Proxies,
    tls::Tls,
    trust::{self, TlsOptions},
};

/// Builds a transport with options of your own.
///
/// Whatever the options, a transport sends each request once: it follows no redirect, keeps no cookies, and returns a
/// 4xx or 5xx as a response. It makes the one exception that [`Transport`](netbox_core::transport::Transport) allows: it sends a read
/// again if the server closes a used connection instead of answering.
///
/// A transport accepts compressed responses (gzip) and decompresses them. It keeps up to
/// [`IDLE_CONNECTIONS`](crate::IDLE_CONNECTIONS) connections for further requests, for at most
/// [`IDLE_TIMEOUT`](crate::IDLE_TIMEOUT).
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
    /// How to encrypt connections: which authorities to trust, and which certificate to show.
    pub tls: Tls,
    /// The proxies to use.
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

    /// Trusts the authorities in `pem`, in addition to those that the platform trusts. `pem` is one certificate or
    /// several, as text.
    #[must_use]
    pub fn add_root_certificates(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.tls.roots.push(pem.as_ref().to_vec());
        self
    }

    /// Shows a client certificate to servers that ask for one. `certificates` has the client's own certificate,
    /// followed by those between it and its authority; `key` is the private key (PKCS #8, PKCS #1 or SEC 1). Both are
    /// in PEM, and may be the same text.
    #[must_use]
    pub fn client_certificate(mut self, certificates: impl AsRef<[u8]>, key: impl AsRef<[u8]>) -> Self {
        self.tls.identity = Some((certificates.as_ref().to_vec(), key.as_ref().to_vec()));
        self
    }

    /// With `true`, accepts any server, whatever its certificate says. Anybody between the client and the server can
    /// then read the token.
    #[must_use]
    pub fn danger_accept_invalid_certs(mut self, accept: bool) -> Self {
        self.tls.accept_anyone = accept;
        self
    }

    /// Limits the time to connect; see [`Limits::connect_timeout`].
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.limits.connect_timeout = timeout;
        self
    }

    /// Limits the time of the whole exchange; see [`Limits::timeout`].
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Limits the size of a response's body, in bytes; see [`Limits::max_response_size`].
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }

    /// Sends all requests through the proxy at `url`, whatever the environment says. `url` begins with `http://` or
    /// `https://` and may hold a user and a password.
    ///
    /// Without this and [`no_proxy`](Self::no_proxy), the environment variables `http_proxy`, `https_proxy`,
    /// `all_proxy` and `no_proxy` decide, in capitals or not; see
    /// [`Proxies::from_environment`](crate::Proxies::from_environment).
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = ProxyChoice::Url(url.into());
        self
    }

    /// Connects to every server directly, whatever the environment says.
    #[must_use]
    pub fn no_proxy(mut self) -> Self {
        self.proxy = ProxyChoice::None;
        self
    }

    /// Builds the transport.
    ///
    /// # Errors
    ///
    /// If a certificate or key can't be read, or the key does not belong to the certificate; if the URL of a proxy,
    /// also of one from the environment, can't be used; or if there is no crypto provider, since the program installed
    /// none and the feature `ring` is off.
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

/// The error of a transport that can't be built with its options.
#[derive(Debug)]
pub struct BuildError {
    what: &'static str,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl BuildError {
    /// An error that says that `what` is wrong, without a cause.
    pub fn new(what: &'static str) -> Self {
        Self { what, source: None }
    }

    /// An error that says that `what` is wrong because of `source`.
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
