//! The way to a server: straight or through a proxy, and with TLS where its URL says so.

use std::{
    sync::Arc,
    task::{Context, Poll},
};

use http::{Uri, uri::Scheme};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::{
    client::legacy::connect::{HttpConnector, proxy::Tunnel},
    rt::TokioIo,
};
use netbox_core::BoxFuture;
use netbox_transport_options::{Options, Proxies, Route};
use tokio::net::TcpStream;
use tower_service::Service;

use crate::{error::BoxError, link::Link};

/// Makes connections as the options of a [`HyperTransport`](crate::HyperTransport) say.
#[derive(Clone)]
pub struct DefaultConnector(HttpsConnector<Ways>);

impl DefaultConnector {
    pub(crate) fn new(options: &Options) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // This one is shared among the addresses of a name, so that a dead one leaves time for the next.
        tcp.set_connect_timeout(Some(options.limits.connect_timeout));
        let tls = || {
            HttpsConnectorBuilder::new().with_tls_config(options.tls.clone()).https_or_http().enable_http1()
        };
        let ways = Ways {
            to_proxy: tls().wrap_connector(tcp.clone()),
            tcp,
            proxies: Arc::new(options.proxies.clone()),
        };
        Self(tls().enable_http2().wrap_connector(ways))
    }
}

impl Service<Uri> for DefaultConnector {
    type Response = MaybeHttpsStream<Way>;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Self::Response, BoxError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        self.0.call(uri)
    }
}

/// A connection before the server's own TLS; to an encrypted proxy it has the proxy's.
type Way = Link<MaybeHttpsStream<TokioIo<TcpStream>>>;

#[derive(Clone)]
struct Ways {
    tcp: HttpConnector,
    to_proxy: HttpsConnector<HttpConnector>,
    proxies: Arc<Proxies>,
}

impl Ways {
    async fn connect(mut self, uri: Uri) -> Result<Way, BoxError> {
        Ok(match self.proxies.route(&uri)? {
            Route::Direct => {
                let tcp = self.tcp.call(uri).await?;
                Link::new(MaybeHttpsStream::Http(tcp), |connected| connected)
            }
            // hyper then writes the whole URL where it would write a path.
            Route::Forward(proxy) => {
                let proxy = self.to_proxy.call(proxy.uri().clone()).await?;
                Link::new(proxy, |connected| connected.proxy(true))
            }
            Route::Tunnel(proxy) => {
                let mut tunnel = Tunnel::new(proxy.uri().clone(), self.to_proxy);
                if let Some(authorization) = proxy.authorization() {
                    tunnel = tunnel.with_auth(authorization);
                }
                Link::new(tunnel.call(with_port(&uri)?).await?, |connected| connected)
            }
        })
    }
}

impl Service<Uri> for Ways {
    type Response = Way;
    type Error = BoxError;
    type Future = BoxFuture<'static, Result<Way, BoxError>>;

    /// A connection is made on a clone, and none of the connectors below has to wait before.
    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        Box::pin(self.clone().connect(uri))
    }
}

/// A tunnel would go to port 443 otherwise, whatever the scheme.
fn with_port(uri: &Uri) -> Result<Uri, http::Error> {
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(if uri.scheme() == Some(&Scheme::HTTPS) { 443 } else { 80 });
    Uri::builder().scheme("https").authority(format!("{host}:{port}")).path_and_query("/").build()
}
