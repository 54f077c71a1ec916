use std::{error::Error as StdError, fmt, sync::Arc, time::Duration};

use http::Uri;
use hyper::body::Incoming;
use hyper_util::{
    client::legacy::Client,
    rt::{TokioExecutor, TokioTimer},
};
use netbox_core::{
    Async,
    transport::{BoxFuture, Request, Response, Sink, Source, Transport, TransportError},
};
use netbox_transport_options::{
    BuildError, Builder, FromOptions, IDLE_CONNECTIONS, IDLE_TIMEOUT, Limits, Options, Outgoing, Proxies,
    accept_compressed, collected, transport_error, within,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::Instant,
};

use crate::{
    connector::{Connector, Handshake},
    error::{self, BoxError},
    link::{Answered, Connect, Link},
};

tokio::task_local! {
    /// When the call that is polled has to be connected.
    static DEADLINE: Deadline;
}

/// The end of a limit of time, which the option of that name set.
#[derive(Clone, Copy)]
struct Deadline {
    at: Instant,
    limit: Duration,
    option: &'static str,
}

/// Two ticks of tokio's clock, by which one timer certainly fires before another.
const CLOCK_TICK: Duration = Duration::from_millis(2);

/// How many bytes of a response hyper reads at a time, which bounds its head, and how long hyper is busy with what it read.
const LONGEST_HEAD: usize = 64 * 1024;

/// Builds a [`HyperTransport`] with options of your own.
pub type HyperTransportBuilder = Builder<HyperTransport>;

/// Sends requests over HTTP/1.1, or HTTP/2 where a server with TLS offers it.
///
/// Its futures must be polled within a tokio runtime that has I/O and time enabled; without a runtime, each request is
/// an error. [`Blocking::run`](netbox_core::Mode::run) on the only thread of a current-thread runtime is an error, too,
/// since it would wait forever. Clones share their connections.
#[derive(Clone)]
pub struct HyperTransport {
    client: Client<Connect, Outgoing>,
    proxies: Proxies,
    limits: Limits,
}

impl HyperTransport {
    /// A transport with the default options; see [`Builder`].
    ///
    /// # Errors
    ///
    /// Those of [`build`](Builder::build).
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Starts from the default options.
    pub fn builder() -> HyperTransportBuilder {
        Builder::new()
    }

    /// A transport over the connections that `connect` makes to the server of a URL: over a Unix socket, through a
    /// tunnel, or with another implementation of TLS.
    ///
    /// The transport speaks HTTP/1.1 over them, and neither encrypts them nor uses a proxy.
    ///
    /// ```
    /// # #[cfg(unix)] {
    /// use netbox_transport_hyper::{HyperTransport, Limits};
    /// use tokio::net::UnixStream;
    ///
    /// let connect = |_| UnixStream::connect("/run/netbox.sock");
    /// let transport = HyperTransport::with_connector(connect, Limits::default());
    /// # }
    /// ```
    pub fn with_connector<F, S, E>(connect: impl Fn(Uri) -> F + Send + Sync + 'static, limits: Limits) -> Self
    where
        F: Future<Output = Result<S, E>> + Send + 'static,
        S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let connect = move |uri| {
            let connecting = connect(uri);
            async { connecting.await.map(Link::new).map_err(Into::into) }
        };
        Self::over(connect, Proxies::none(), limits)
    }

    fn over<F>(connect: impl Fn(Uri) -> F + Send + Sync + 'static, proxies: Proxies, limits: Limits) -> Self
    where
        F: Future<Output = Result<Link, BoxError>> + Send + 'static,
    {
        let connect = Connect::new(move |uri| {
            let now = Instant::now();
            let own = |limit, option| Deadline { at: later(now, limit), limit, option };
            // A connection that a call makes is part of the call, also when it is given to another one later.
            let call = DEADLINE.try_with(|end| *end).unwrap_or_else(|_| own(limits.timeout, "timeout"));
            let connect_timeout = own(limits.connect_timeout, "connect_timeout");
            let end = if call.at < connect_timeout.at { call } else { connect_timeout };
            let handshake = Handshake::default();
            let connecting = handshake.observe(connect(uri));
            async move {
                let connected = tokio::time::timeout_at(end.at, connecting).await.unwrap_or_else(|_| {
                    let limit = format!("{:?} (`{}`)", end.limit, end.option);
                    Err(handshake.late(&limit).into())
                });
                connected.map(Link::taking_turns)
            }
        });
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .http1_max_buf_size(LONGEST_HEAD)
            .build(connect);
        Self { client, proxies, limits }
    }

    async fn exchange(&self, request: Request) -> Result<Response, TransportError> {
        let sink = request.extensions().get::<Sink>().cloned();
        let source = request.extensions().get::<Source>().cloned();
        let request = self.prepare(request)?;
        let response = match self.answer(&request, source.as_ref()).await {
            Err(error) if error::is_stale(&error) && request.method().is_safe() => {
                self.answer(&request, source.as_ref()).await
            }
            outcome => outcome,
        };
        let response = response.map_err(|error| {
            source.and_then(|source| source.failure()).unwrap_or_else(|| transport_error(error))
        })?;
        collected(response, self.limits.max_response_size, sink.as_ref()).await
    }

    /// The request as hyper sends it, without what a caller may have put in its extensions.
    fn prepare(&self, request: Request) -> Result<Request, TransportError> {
        let (head, body) = request.into_parts();
        let mut request = Request::new(body);
        *request.method_mut() = head.method;
        *request.headers_mut() = head.headers;
        self.proxies.route(&head.uri)?.prepare(request.headers_mut());
        *request.uri_mut() = head.uri;
        accept_compressed(request.headers_mut());
        Ok(request)
    }

    async fn answer(
        &self,
        request: &Request,
        source: Option<&Source>,
    ) -> Result<http::Response<Incoming>, hyper_util::client::legacy::Error> {
        let response = self.client.request(request.clone().map(|body| Outgoing::new(body, source))).await?;
        if let Some(answered) = response.extensions().get::<Answered>() {
            answered.set();
        }
        Ok(response)
    }
}

impl FromOptions for HyperTransport {
    fn from_options(options: Options) -> Result<Self, BuildError> {
        let connector = Arc::new(Connector::new(&options));
        Ok(Self::over(move |uri| Arc::clone(&connector).connect(uri), options.proxies, options.limits))
    }
}

impl Transport for HyperTransport {
    type Mode = Async;

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let timeout = self.limits.timeout_of(&request);
            // Connecting ends first, so that it is known that nothing was sent.
            let at = later(Instant::now(), timeout) - CLOCK_TICK.min(timeout / 2);
            let end = Deadline { at, limit: timeout, option: "timeout" };
            let exchange = DEADLINE.scope(end, self.exchange(request));
            within(timeout, exchange).await
        })
    }

    fn sleep(&self, delay: Duration) -> BoxFuture<'_, ()> {
        Box::pin(netbox_transport_options::sleep(delay))
    }

    fn takes_sinks(&self) -> bool {
        true
    }

    fn takes_sources(&self) -> bool {
        true
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport")
            .field("proxies", &self.proxies)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// The time in `delay` from `now`, or one that never comes.
fn later(now: Instant, delay: Duration) -> Instant {
    const FOREVER: Duration = Duration::from_secs(30 * 365 * 24 * 3600);
    now + delay.min(FOREVER)
}
