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
//! # Logs
//!
//! ureq logs through the crate `log`. Whatever the level, no header, no path and no body of a request or a response is in
//! the log: ureq sees none of them. ureq learns only the server, and whether the connection stays open.
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

use std::{
    fmt, thread,
    time::{Duration, Instant},
};

use netbox_core::{
    Blocking,
    transport::{Request, Response, Transport, TransportError},
};
use netbox_transport_options::{Builder, FromOptions, Limits, Options, Proxies, Route, decompressed};
use ureq::Agent;

mod agents;
mod error;
mod exchange;
mod incoming;
mod link;
mod lookup;
mod socket;
mod tls;

pub use netbox_transport_options::BuildError;

use agents::Agents;
use exchange::Exchange;

/// Builds a [`UreqTransport`] with options of your own.
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
        let is_forwarded = matches!(route, Route::Forward(_));
        let agent = self.agents.along(route, request.uri());
        let time = self.limits.timeout_of(&request);
        let run = |time, anew| {
            let exchange = Exchange::new(&request, is_forwarded, self.limits.max_response_size);
            exchange.during(|| run(agent, &request, time, anew))
        };
        let began = Instant::now();
        let response = match run(time, false) {
            Err(error) if error::is_stale(&error) && request.method().is_safe() => {
                run(time.saturating_sub(began.elapsed()), true)
            }
            outcome => outcome,
        };
        decompressed(response.map_err(error::told)?, self.limits.max_response_size)
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

    fn takes_sinks(&self) -> bool {
        true
    }

    fn takes_sources(&self) -> bool {
        true
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

/// Has ureq exchange a stand-in for `request` within that time, on a new connection if it has to be made `anew`.
fn run(agent: &Agent, request: &Request, time: Duration, anew: bool) -> Result<(), ureq::Error> {
    let config = agent.configure_request(exchange::stand_in(request.uri())?);
    let config = config.timeout_global(Some(time.min(agents::FOREVER)));
    let config = if anew { config.max_idle_age(Duration::ZERO) } else { config };
    agent.run(config.build()).map(drop)
}

/// The program in the package's README, which compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}
