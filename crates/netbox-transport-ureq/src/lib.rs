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
//! # Cookies
//!
//! ureq keeps cookies when its feature `cookies` is on, and offers no way to say otherwise. Nothing here turns that
//! feature on; if another crate of a program does, this transport sends back what the server set.
#![forbid(unsafe_code)]

use std::{fmt, thread, time::Duration};

use http::{Method, header};
use netbox_core::{Blocking, Request, Response, Transport, TransportError, TransportErrorKind};
use netbox_transport_options::{Builder, FromOptions, Options, Proxies, Route};
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
    max_response_size: usize,
}

impl UreqTransport {
    /// A transport with the default options; see [`Builder`].
    ///
    /// # Errors
    ///
    /// When the environment names a proxy that can't be used.
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Starts from the default options.
    pub fn builder() -> UreqTransportBuilder {
        Builder::new()
    }

    fn exchange(&self, mut request: Request) -> Result<Response, TransportError> {
        let scheme = request.uri().scheme_str().unwrap_or_default();
        if !["http", "https"].contains(&scheme) || request.uri().host().is_none() {
            let why = "the request's URL does not begin with http:// or https:// and a host";
            return Err(TransportError::new(TransportErrorKind::Unsupported, why));
        }
        if let Route::Forward(proxy) = self.proxies.route(request.uri())
            && let Some(authorization) = proxy.authorization()
        {
            request.headers_mut().insert(header::PROXY_AUTHORIZATION, authorization);
        }
        let agent = self.agents.to(request.uri(), &self.proxies);
        let response = match run(agent, &request) {
            Err(error) if error::is_stale(&error) && request.method().is_idempotent() => run(agent, &request),
            outcome => outcome,
        };
        response.and_then(|response| self.read(response)).map_err(error::told)
    }

    fn read(&self, response: http::Response<Body>) -> Result<Response, ureq::Error> {
        let (head, body) = response.into_parts();
        let body = body.into_with_config().limit(self.max_response_size as u64).read_to_vec()?;
        Ok(Response::from_parts(head, body))
    }
}

impl FromOptions for UreqTransport {
    fn from_options(options: Options) -> Result<Self, BuildError> {
        Ok(Self {
            agents: Agents::new(&options)?,
            proxies: options.proxies,
            max_response_size: options.limits.max_response_size,
        })
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
        f.debug_struct("UreqTransport").field("proxies", &self.proxies).finish_non_exhaustive()
    }
}

/// Sends a body with any method when there is one, and says that it's empty with those that are meant to have one.
fn run(agent: &Agent, request: &Request) -> Result<http::Response<Body>, ureq::Error> {
    let mut head = http::Request::new(());
    *head.method_mut() = request.method().clone();
    *head.uri_mut() = request.uri().clone();
    *head.headers_mut() = request.headers().clone();
    let has_body = [Method::POST, Method::PUT, Method::PATCH].contains(request.method());
    if has_body || !request.body().is_empty() {
        agent.run(head.map(|()| request.body().as_slice()))
    } else {
        agent.run(head)
    }
}
