use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderValue, Uri, header};
use http_body_util::Full;
use hyper::{
    body::Incoming,
    rt::{Read, Write},
};
use hyper_util::{
    client::legacy::{Client, connect::Connection},
    rt::{TokioExecutor, TokioTimer},
};
use netbox_core::{Async, BoxFuture, Request, Response, Transport, TransportError, TransportErrorKind};
use netbox_transport_options::{
    BuildError, Builder, FromOptions, IDLE_CONNECTIONS, IDLE_TIMEOUT, Limits, Options, Proxies,
};
use tower_service::Service;

use crate::{
    body,
    connector::DefaultConnector,
    error::{self, BoxError},
    link::{Answered, Links},
};

/// Builds a [`HyperTransport`] with other than the default options.
pub type HyperTransportBuilder = Builder<HyperTransport>;

/// Sends requests over HTTP/1.1, or HTTP/2 where a server with TLS offers it.
///
/// Its futures are to be polled within a tokio runtime that has I/O and time enabled. Clones share their connections.
///
/// `C` makes the connections; it needn't be named unless it's [one's own](HyperTransport::with_connector).
#[derive(Clone)]
pub struct HyperTransport<C = DefaultConnector> {
    client: Client<Links<C>, Full<Bytes>>,
    proxies: Proxies,
    limits: Limits,
}

impl HyperTransport {
    /// A transport with the default options; see [`Builder`].
    ///
    /// # Errors
    ///
    /// When the environment names a proxy that can't be used.
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Starts from the default options.
    pub fn builder() -> HyperTransportBuilder {
        Builder::new()
    }
}

impl<C> HyperTransport<C>
where
    C: Service<Uri> + Clone + Send + Sync + 'static,
    C::Response: Connection + Read + Write + Send + Unpin + 'static,
    C::Error: Into<BoxError>,
    C::Future: Send,
{
    /// A transport over the connections that `connector` makes: to a Unix socket, through a tunnel, with another TLS.
    ///
    /// Which roots to trust and which proxies to use is then up to the connector.
    ///
    /// ```
    /// use hyper_util::client::legacy::connect::HttpConnector;
    /// use netbox_transport_hyper::{HyperTransport, Limits};
    ///
    /// let plain = HyperTransport::with_connector(HttpConnector::new(), Limits::default());
    /// ```
    pub fn with_connector(connector: C, limits: Limits) -> Self {
        Self::over(connector, Proxies::none(), limits)
    }

    fn over(connector: C, proxies: Proxies, limits: Limits) -> Self {
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .build(Links::new(connector, limits.connect_timeout));
        Self { client, proxies, limits }
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let request = self.prepare(request)?;
        let response = match self.answer(&request).await {
            Err(error) if error::is_stale(&error) && request.method().is_safe() => {
                self.answer(&request).await
            }
            outcome => outcome,
        };
        body::read(response.map_err(error::told)?, self.limits.max_response_size).await
    }

    /// The request as hyper sends it, without what a caller may have put in its extensions.
    fn prepare(&self, request: Request) -> Result<http::Request<Full<Bytes>>, TransportError> {
        let (head, body) = request.into_parts();
        let mut request = http::Request::new(Full::new(body));
        *request.method_mut() = head.method;
        *request.headers_mut() = head.headers;
        self.proxies.route(&head.uri)?.prepare(request.headers_mut());
        *request.uri_mut() = head.uri;
        request.headers_mut().entry(header::ACCEPT_ENCODING).or_insert(HeaderValue::from_static("gzip"));
        Ok(request)
    }

    async fn answer(
        &self,
        request: &http::Request<Full<Bytes>>,
    ) -> Result<http::Response<Incoming>, hyper_util::client::legacy::Error> {
        let response = self.client.request(request.clone()).await?;
        if let Some(answered) = response.extensions().get::<Answered>() {
            answered.set();
        }
        Ok(response)
    }
}

impl FromOptions for HyperTransport {
    fn from_options(options: Options) -> Result<Self, BuildError> {
        let connector = DefaultConnector::new(&options);
        Ok(Self::over(connector, options.proxies, options.limits))
    }
}

impl<C> Transport for HyperTransport<C>
where
    C: Service<Uri> + Clone + Send + Sync + 'static,
    C::Response: Connection + Read + Write + Send + Unpin + 'static,
    C::Error: Into<BoxError>,
    C::Future: Send,
{
    type Mode = Async;

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let timeout = self.limits.timeout;
            tokio::time::timeout(timeout, self.exchange(request)).await.unwrap_or_else(|_| {
                Err(TransportError::new(
                    TransportErrorKind::Timeout,
                    format!("no response within {timeout:?}"),
                ))
            })
        })
    }

    fn sleep(&self, delay: Duration) -> BoxFuture<'_, ()> {
        // Within the future, since a timer can be made in a runtime only.
        Box::pin(async move { tokio::time::sleep(delay).await })
    }
}

impl<C> fmt::Debug for HyperTransport<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport")
            .field("proxies", &self.proxies)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
