//! A blocking transport for netbox-core, on [`ureq`](https://docs.rs/ureq) and rustls.
//!
//! ```no_run
//! use std::time::Duration;
//! use netbox_transport_ureq::UreqTransport;
//!
//! let transport = UreqTransport::new()?;
//!
//! let transport = UreqTransport::builder()
//!     .add_root_certificates(std::fs::read("/etc/ssl/our-own-authority.pem")?)
//!     .timeout(Duration::from_secs(20))
//!     .build()?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Cryptography
//!
//! rustls leaves the cryptography of TLS to a provider. A transport uses the provider that the program installed before
//! it built the transport. If the program installed none, the transport uses that of the crate ring, by the feature
//! `ring`, which is on unless you turn it off. Without either, building a transport is an error.
//!
//! A program that prefers another provider, such as aws-lc-rs, turns the feature off and depends on rustls itself, so
//! that ring is not compiled:
//!
//! ```toml
//! [dependencies]
//! netbox-transport-ureq = { version = "0.1", default-features = false }
//! rustls = "0.23"
//! ```
//!
//! It then calls `rustls::crypto::aws_lc_rs::default_provider().install_default()` at the beginning of `main`.
//!
//! # Cookies
//!
//! ureq keeps cookies when its feature `cookies` is on, and offers no way to say otherwise. Nothing here turns that
//! feature on; if another crate of a program does, this transport sends back what the server set.
#![forbid(unsafe_code)]

use std::{
    fmt, thread,
    time::{Duration, Instant},
};

use http::{Method, StatusCode};
use netbox_core::{Blocking, Request, Response, Transport, TransportError};
use netbox_transport_options::{Builder, FromOptions, Limits, Options, Proxies};
use ureq::{Agent, Body};

mod agents;
mod error;
mod link;
mod lookup;
mod tls;

pub use netbox_transport_options::BuildError;

use agents::Agents;

/// Builds a [`UreqTransport`] with other than the default options.
pub type UreqTransportBuilder = Builder<UreqTransport>;

/// Sends requests over HTTP/1.1, and waits for their responses.
///
/// Clones share their connections. Threads may send at the same time, each over a connection of its own.
#[derive(Clone)]
pub struct UreqTransport {
    agents: Agents,
    proxies: Proxies,
    limits: Limits,
}

impl UreqTransport {
    /// A transport with the default options; see [`Builder`].
    ///
    /// # Errors
    ///
    /// Those of [`build`](Builder::build).
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Starts from the default options.
    pub fn builder() -> UreqTransportBuilder {
        Builder::new()
    }

    fn exchange(&self, mut request: Request) -> Result<Response, TransportError> {
        let route = self.proxies.route(request.uri())?;
        route.prepare(request.headers_mut());
        let agent = self.agents.along(route, request.uri());
        let began = Instant::now();
        let response = match run(agent, &request, None) {
            Err(error) if error::is_stale(&error) && request.method().is_safe() => {
                run(agent, &request, Some(self.limits.timeout.saturating_sub(began.elapsed())))
            }
            outcome => outcome,
        };
        response.and_then(|response| self.read(request.method(), response)).map_err(error::told)
    }

    fn read(&self, method: &Method, response: http::Response<Body>) -> Result<Response, ureq::Error> {
        let (head, body) = response.into_parts();
        // ureq would look for the gzip that the headers speak of in a body that isn't there.
        let body = if *method == Method::HEAD
            || [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED].contains(&head.status)
        {
            Vec::new()
        } else {
            body.into_with_config().limit(self.limits.max_response_size as u64).read_to_vec()?
        };
        Ok(Response::from_parts(head, body.into()))
    }
}

impl FromOptions for UreqTransport {
    fn from_options(options: Options) -> Result<Self, BuildError> {
        Ok(Self { agents: Agents::new(&options)?, proxies: options.proxies, limits: options.limits })
    }
}

impl Transport for UreqTransport {
    type Mode = Blocking;

    fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.exchange(request)
    }

    fn sleep(&self, delay: Duration) {
        thread::sleep(delay);
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport")
            .field("proxies", &self.proxies)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Sends `request`. With a time for that, on a new connection.
fn run(
    agent: &Agent,
    request: &Request,
    anew_within: Option<Duration>,
) -> Result<http::Response<Body>, ureq::Error> {
    let mut head = http::Request::new(());
    *head.method_mut() = request.method().clone();
    *head.uri_mut() = request.uri().clone();
    *head.headers_mut() = request.headers().clone();
    if let Some(time) = anew_within {
        head = agent.configure_request(head).timeout_global(Some(time)).max_idle_age(Duration::ZERO).build();
    }
    // A body goes with any method when there is one, and these say that it's empty when there is none.
    if !request.body().is_empty() || [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
        agent.run(head.map(|()| &request.body()[..]))
    } else {
        agent.run(head)
    }
}
