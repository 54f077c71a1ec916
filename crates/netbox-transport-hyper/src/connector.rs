//! The way to a server: directly or through a proxy, and with TLS where its URL says so.

use std::{
    io::{self, ErrorKind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::{Uri, uri::Scheme};
use hyper_util::client::legacy::connect::{HttpConnector, proxy::Tunnel};
use netbox_transport_options::{Options, Proxies, Route, Tls, slow_handshake};
use tower_service::Service;

use crate::{
    error::BoxError,
    link::{Connect, Link},
};

/// Makes connections as the options of a [`HyperTransport`](crate::HyperTransport) say.
pub(crate) struct Connector {
    proxies: Proxies,
    tcp: HttpConnector,
    tls_to_proxies: Tls,
    tls_to_servers: Tls,
}

impl Connector {
    pub(crate) fn new(options: &Options) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // This one is shared among the addresses of a name, so that a dead one leaves time for the next.
        tcp.set_connect_timeout(Some(options.limits.connect_timeout));
        Self {
            proxies: options.proxies.clone(),
            tcp,
            tls_to_proxies: options.tls.clone(),
            tls_to_servers: options.tls.clone().offering_http2(),
        }
    }

    /// Connects to the server of `uri`, or to the proxy that forwards requests to it.
    pub(crate) async fn connect(self: Arc<Self>, uri: Uri) -> Result<Link, BoxError> {
        let link = match self.proxies.route(&uri)? {
            Route::Direct => self.tcp(&uri).await?,
            Route::Forward(proxy) => {
                Arc::clone(&self).connect_to_proxy(proxy.uri().clone()).await?.forwarding()
            }
            Route::Tunnel(proxy) => {
                let connector = Arc::clone(&self);
                let to_proxy = Connect::new(move |uri| Arc::clone(&connector).connect_to_proxy(uri));
                let mut tunnel = Tunnel::new(proxy.uri().clone(), to_proxy);
                if let Some(authorization) = proxy.authorization() {
                    tunnel = tunnel.with_auth(authorization);
                }
                tunnel.call(with_port(&uri)?).await?.into_inner()
            }
        };
        encrypt(&self.tls_to_servers, &uri, link).await
    }

    async fn connect_to_proxy(self: Arc<Self>, uri: Uri) -> Result<Link, BoxError> {
        encrypt(&self.tls_to_proxies, &uri, self.tcp(&uri).await?).await
    }

    async fn tcp(&self, uri: &Uri) -> Result<Link, BoxError> {
        let socket = self.tcp.clone().call(uri.clone()).await?;
        Ok(Link::new(socket.into_inner()))
    }
}

/// Encrypts `link` if the scheme of `uri` asks for it.
async fn encrypt(tls: &Tls, uri: &Uri, link: Link) -> Result<Link, BoxError> {
    if uri.scheme() != Some(&Scheme::HTTPS) {
        return Ok(link);
    }
    let handshake = Handshake::of(uri);
    let (stream, version) = tls.connect_async(uri.host().unwrap_or_default(), link).await?;
    handshake.end();
    Ok(Link::new(stream).speaking(version))
}

tokio::task_local! {
    static HANDSHAKE: Handshake;
}

/// The TLS handshake that a connection is in, if it is in one: with the server of that URL.
#[derive(Clone, Default)]
pub(crate) struct Handshake(Arc<Mutex<Option<Uri>>>);

impl Handshake {
    /// Notes the handshakes of `connecting`.
    pub(crate) fn observe<F: Future>(&self, connecting: F) -> impl Future<Output = F::Output> + use<F> {
        HANDSHAKE.scope(self.clone(), connecting)
    }

    /// The error of a connection that is not ready within `limit`.
    pub(crate) fn late(&self, limit: &str) -> io::Error {
        match &*self.server() {
            Some(uri) => {
                slow_handshake(uri, "accepted the connection and did not answer in the TLS handshake", limit)
            }
            None => io::Error::new(ErrorKind::TimedOut, format!("not connected within {limit}")),
        }
    }

    fn of(uri: &Uri) -> Self {
        let this = HANDSHAKE.try_with(Self::clone).unwrap_or_default();
        *this.server() = Some(uri.clone());
        this
    }

    fn end(&self) {
        *self.server() = None;
    }

    fn server(&self) -> MutexGuard<'_, Option<Uri>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A tunnel would go to port 443 otherwise, whatever the scheme.
fn with_port(uri: &Uri) -> Result<Uri, http::Error> {
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 });
    Uri::builder().scheme("https").authority(format!("{host}:{port}")).path_and_query("/").build()
}
