use std::{fmt, time::Duration};

use http_body_util::BodyExt;
use netbox_core::{
    Async,
    transport::{
        BoxFuture, Request, Response, Sink, Source, Timeout, Transport, TransportError, TransportErrorKind,
    },
};
use netbox_transport_options::{
    BuildError, IDLE_CONNECTIONS, IDLE_TIMEOUT, Limits, Outgoing, accept_compressed, collected,
    install_provider, needs_runtime,
};
use reqwest::{ClientBuilder, redirect, retry};

use crate::error::told;

/// Sends requests through a [`reqwest::Client`].
///
/// Its futures must be polled within a tokio runtime that has I/O and time enabled; without a runtime, each request is
/// an error. [`Blocking::run`](netbox_core::Mode::run) on the only thread of a current-thread runtime is an error, too,
/// since it would wait forever. Clones share their connections.
///
/// A read whose connection the server closed ends as [`Broken`](TransportErrorKind::Broken), and the client's
/// [`RetryPolicy`](netbox_core::transport::RetryPolicy) sends it again. If the time of the whole exchange is over before there is a
/// connection, the kind is [`Timeout`](TransportErrorKind::Timeout): keep the time to connect shorter, as
/// [`client_builder`](Self::client_builder) does.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    max_response_size: usize,
}

impl ReqwestTransport {
    /// A transport over a client with the options of [`client_builder`](Self::client_builder).
    ///
    /// # Errors
    ///
    /// If there is no crypto provider, since the program installed none and the feature `ring` is off, or if reqwest
    /// can't build the client.
    ///
    /// ```no_run
    /// use netbox_core::Client;
    /// use netbox_transport_reqwest::ReqwestTransport;
    ///
    /// let transport = ReqwestTransport::new()?;
    /// let client = Client::builder("https://netbox.example.com").token("nbt_…").build(transport)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new() -> Result<Self, BuildError> {
        install_provider()?;
        let client = Self::client_builder().build();
        client.map(Self::over).map_err(|error| BuildError::because("reqwest can't build its client", error))
    }

    /// Starts to build a client that is right for NetBox, to add options of your own.
    ///
    /// It follows no redirect, sends nothing again and adds no `Referer`. It connects within 10 seconds and ends each exchange
    /// within 60, and keeps connections for 1.5 seconds, since gunicorn, which serves NetBox, closes them after 2. For
    /// all else, proxies and certificates included, it has reqwest's defaults.
    ///
    /// `build` panics if there is no crypto provider, since the program installed none and the feature `ring` is off.
    ///
    /// ```
    /// # #[cfg(feature = "ring")] {
    /// use netbox_transport_reqwest::{ReqwestTransport, reqwest::Proxy};
    ///
    /// let proxy = Proxy::all("http://proxy.example.com:3128")?;
    /// let transport = ReqwestTransport::over(ReqwestTransport::client_builder().proxy(proxy).build()?);
    /// # }
    /// # Ok::<(), netbox_transport_reqwest::reqwest::Error>(())
    /// ```
    pub fn client_builder() -> ClientBuilder {
        // Without one, `build` says so.
        let _ = install_provider();
        let limits = Limits::default();
        reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .referer(false)
            .connect_timeout(limits.connect_timeout)
            .timeout(limits.timeout)
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
    }

    /// A transport over `client`, which may be one that the program uses for other servers, too.
    ///
    /// A client that did not begin as [`client_builder`](Self::client_builder) should have the same options. If it
    /// follows a redirect, the response is an error of the kind [`Other`](TransportErrorKind::Other), since the server
    /// that it leads to has seen the request. With a store for cookies, NetBox may take a session for the token. Without time-outs,
    /// which a client lacks unless it is given some, a request may wait forever, and nobody
    /// learns whether a write was sent.
    ///
    /// ```
    /// # #[cfg(feature = "ring")] {
    /// # netbox_transport_options::install_provider()?;
    /// use netbox_transport_reqwest::{ReqwestTransport, reqwest};
    ///
    /// let ours = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    /// let transport = ReqwestTransport::over(ours.clone());
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn over(client: reqwest::Client) -> Self {
        Self { client, max_response_size: Limits::default().max_response_size }
    }

    /// Limits the size of a response's body, in bytes, once decompressed: 256 MiB by default. A larger body is an error of the
    /// kind [`TooLarge`](TransportErrorKind::TooLarge).
    ///
    /// ```
    /// # #[cfg(feature = "ring")]
    /// let transport = netbox_transport_reqwest::ReqwestTransport::new()?.max_response_size(1 << 20);
    /// # Ok::<(), netbox_transport_reqwest::BuildError>(())
    /// ```
    #[must_use]
    pub fn max_response_size(mut self, bytes: usize) -> Self {
        self.max_response_size = bytes;
        self
    }

    async fn exchange(&self, mut request: Request) -> Result<Response, TransportError> {
        needs_runtime().await?;
        accept_compressed(request.headers_mut());
        let timeout = request.extensions().get::<Timeout>().map(|timeout| timeout.0);
        let sink = request.extensions().get::<Sink>().cloned();
        let source = request.extensions().get::<Source>().cloned();
        let request = request.map(|body| match &source {
            Some(source) => reqwest::Body::wrap(Outgoing::new(body, Some(source))),
            None => body.into(),
        });
        let mut request = reqwest::Request::try_from(request).map_err(told)?;
        *request.timeout_mut() = timeout;
        let url = request.url().clone();
        let response = self
            .client
            .execute(request)
            .await
            .map_err(|error| source.and_then(|source| source.failure()).unwrap_or_else(|| told(error)))?;
        if *response.url() != url {
            let why = "the reqwest client followed a redirect: build it with `ReqwestTransport::client_builder()`, or \
                       with `redirect(reqwest::redirect::Policy::none())`";
            return Err(TransportError::new(TransportErrorKind::Other, why));
        }
        let response = http::Response::from(response).map(|body| body.map_err(told));
        collected(response, self.max_response_size, sink.as_ref()).await
    }
}

impl Transport for ReqwestTransport {
    type Mode = Async;

    fn send(&self, request: Request) -> BoxFuture<'_, Result<Response, TransportError>> {
        Box::pin(self.exchange(request))
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

impl fmt::Debug for ReqwestTransport {
    /// Leaves out the client, whose headers may hold a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport")
            .field("max_response_size", &self.max_response_size)
            .finish_non_exhaustive()
    }
}
