use std::{
    error::Error as StdError,
    fmt, future,
    io::{self, ErrorKind},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Body;
use netbox_core::{
    Async,
    transport::{BoxFuture, Request, Response, Sink, Transport, TransportError, TransportErrorKind as Kind},
};
use netbox_transport_options::{Limits, Proxies, accept_compressed, collected, transport_error, within};
use tokio::time::Instant;
use tower_service::Service;

/// Sends requests through a service of [tower](https://docs.rs/tower): a client of hyper's below the layers that your program has
/// already, or the routes of a server in the same process.
///
/// Each request goes to a clone of the service. As with [`HyperTransport`](crate::HyperTransport), the futures must be polled
/// within a tokio runtime.
///
/// The service is in charge of connections: of proxies, TLS, the time to connect, and when a pooled connection is too old.
/// It must do no more with a request than [`Transport`] allows, so that it follows no redirect and retries nothing. The
/// transport limits time and size, and decompresses responses.
///
/// # Errors of the service
///
/// The [kind](Kind) of an error says how far the request got. The transport finds it in the errors of hyper and
/// `hyper_util::client::legacy`, also below those of layers. Where a layer of your own knows more, it returns a
/// [`TransportError`]. Any other error has the kind [`Other`](Kind::Other), with which only the caller decides whether to
/// send the request again, and [`Unsupported`](Kind::Unsupported) if the service failed before it took the request. If the time is
/// over before the service takes the request, the kind is [`Connect`](Kind::Connect), and [`Timeout`](Kind::Timeout) after that,
/// whether the service has a connection by then or not.
///
/// # Examples
///
/// At most four requests at a time, each with a header that a gateway asks for:
///
/// ```
/// use bytes::Bytes;
/// use http::{HeaderValue, Request};
/// use http_body_util::Full;
/// use hyper_util::{client::legacy::Client, rt::TokioExecutor};
/// use netbox_transport_hyper::TowerTransport;
/// use tower::ServiceBuilder;
///
/// let service = ServiceBuilder::new()
///     .concurrency_limit(4)
///     .map_request(|mut request: Request<Full<Bytes>>| {
///         request.headers_mut().insert("x-gateway-key", HeaderValue::from_static("…"));
///         request
///     })
///     .service(Client::builder(TokioExecutor::new()).build_http::<Full<Bytes>>());
/// let transport = TowerTransport::new(service);
/// ```
pub struct TowerTransport<S> {
    /// The lock makes services that are not `Sync` usable, and is held for a clone.
    service: Mutex<S>,
    limits: Limits,
}

impl<S> TowerTransport<S> {
    /// A transport over `service`, with the default [`Limits`] of time and size.
    ///
    /// ```
    /// use std::convert::Infallible;
    /// use bytes::Bytes;
    /// use http_body_util::Full;
    /// use netbox_core::Client;
    /// use netbox_transport_hyper::TowerTransport;
    ///
    /// let netbox = tower::service_fn(|_: http::Request<Full<Bytes>>| async {
    ///     let response = http::Response::builder().header("api-version", "4.7");
    ///     Ok::<_, Infallible>(response.body(Full::new(Bytes::from(r#"{"id": 1, "name": "DM-Berlin"}"#))).unwrap())
    /// });
    /// let client = Client::builder("http://netbox.example.com").build(TowerTransport::new(netbox))?;
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let site = client.get_at("dcim/sites", 1).await?;
    /// assert_eq!(site.get::<String>("name")?, "DM-Berlin");
    /// # Ok::<_, netbox_core::Error>(()) })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(service: S) -> Self {
        Self { service: Mutex::new(service), limits: Limits::default() }
    }

    /// Limits the time of the whole exchange; see [`Limits::timeout`].
    ///
    /// ```
    /// # use netbox_transport_hyper::TowerTransport;
    /// # fn limited<S>(service: S) -> TowerTransport<S> {
    /// TowerTransport::new(service).timeout(std::time::Duration::from_secs(20))
    /// # }
    /// ```
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.limits.timeout = timeout;
        self
    }

    /// Limits the size of a response's body, in bytes; see [`Limits::max_response_size`].
    ///
    /// ```
    /// # use netbox_transport_hyper::TowerTransport;
    /// # fn limited<S>(service: S) -> TowerTransport<S> {
    /// TowerTransport::new(service).max_response_size(1 << 20)
    /// # }
    /// ```
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.limits.max_response_size = bytes;
        self
    }
}

impl<S: Clone> TowerTransport<S> {
    fn service(&self) -> S {
        self.service.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Full<Bytes>>, Response = http::Response<B>> + Clone + Send,
    S::Future: Send,
    S::Error: Into<Box<dyn StdError + Send + Sync>>,
    B: Body<Data = Bytes> + Send,
    B::Error: Into<Box<dyn StdError + Send + Sync>>,
{
    type Mode = Async;

    fn send(&self, mut request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            // The service could have an opinion of its own on other URLs.
            Proxies::none().route(request.uri())?;
            accept_compressed(request.headers_mut());
            let sink = request.extensions().get::<Sink>().cloned();
            let limit = self.limits.timeout_of(&request);
            let began = Instant::now();
            let mut service = self.service();
            let ready = async {
                future::poll_fn(|context| service.poll_ready(context)).await.map_err(transport_error)
            };
            within(limit, ready).await.map_err(not_taken)?;
            let exchange = async {
                let response = service.call(request.map(Full::new)).await.map_err(transport_error)?;
                collected(response, self.limits.max_response_size, sink.as_ref()).await
            };
            within(limit.saturating_sub(began.elapsed()), exchange).await
        })
    }

    fn sleep(&self, delay: Duration) -> BoxFuture<'_, ()> {
        Box::pin(netbox_transport_options::sleep(delay))
    }

    fn takes_sinks(&self) -> bool {
        true
    }
}

/// The error of a service that did not take the request, so that it was not sent.
fn not_taken(error: TransportError) -> TransportError {
    match error.kind() {
        kind if kind.never_sent() => error,
        Kind::Timeout => TransportError::new(Kind::Connect, io::Error::new(ErrorKind::TimedOut, error)),
        _ => TransportError::new(Kind::Unsupported, error),
    }
}

impl<S: Clone> Clone for TowerTransport<S> {
    fn clone(&self) -> Self {
        Self { service: Mutex::new(self.service()), limits: self.limits }
    }
}

impl<S> fmt::Debug for TowerTransport<S> {
    /// Shows the limits that the transport heeds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TowerTransport")
            .field("timeout", &self.limits.timeout)
            .field("max_response_size", &self.limits.max_response_size)
            .finish_non_exhaustive()
    }
}
